// SPDX-License-Identifier: GPL-3.0-or-later

/// A short line across a value's slot: a median over a swarm, the documents of a strip.
package struct TickMark: Mark {
  private let x: [Value]
  private let y: [Value]
  private let series: SeriesChannel

  package init<Rows: Sequence>(
    _ rows: Rows, x: Channel<Rows.Element>, y: Channel<Rows.Element>,
    series: Channel<Rows.Element>? = nil, name: String = "", style: Style = .standard
  ) {
    let rows = Array(rows)
    self.x = rows.map { x($0).channelValue }
    self.y = rows.map { y($0).channelValue }
    self.series = SeriesChannel(rows, channel: series, name: name, style: style)
  }

  package func train(_ training: inout Training) {
    training.x.add(x)
    training.y.add(y)
    series.train(&training)
    if liesFlat(x, y) { training.y.holdsSlots = true } else { training.x.holdsSlots = true }
  }

  package func draw(in frame: Frame, into svg: inout SVG) {
    let places = Places(x: x, y: y, series: series.groups, in: frame, dividesGaps: true)
    for group in series.groups {
      var path = Path()
      for row in group.rows {
        guard let slot = places.slot(x[row], y[row], series: group.key),
          let along = places.isFlat ? frame.x(x[row]) : frame.y(y[row])
        else { continue }
        let half = slot.width * 0.4
        path.segment(
          places.turned(along: along, across: slot.centre - half),
          places.turned(along: along, across: slot.centre + half))
      }
      guard !path.data.isEmpty else { continue }
      let look = frame.series.look(group.key, series.style)
      svg.element(
        "path",
        [
          "d": path.data, "fill": "none", "stroke": look.color,
          "stroke-width": series.style.width ?? 2,
        ])
    }
  }

  package func data(in frame: Frame) -> [Datum] {
    let places = Places(x: x, y: y, series: series.groups, in: frame, dividesGaps: true)
    return series.data { row, key in
      guard let slot = places.slot(x[row], y[row], series: key),
        let along = places.isFlat ? frame.x(x[row]) : frame.y(y[row])
      else { return nil }
      return Datum(
        places.turned(along: along, across: slot.centre), x[row], y[row], key, places.isFlat)
    }
  }

  package func keys(_ series: SeriesScale) -> [LegendKey] {
    self.series.keys(series) { .tick($0.color) }
  }
}
