// SPDX-License-Identifier: GPL-3.0-or-later

/// A bar from zero to each row's value: upright, or flat when the names lie along y. Series stand
/// side by side.
package struct Bar: Mark {
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

  private var isFlat: Bool { liesFlat(x, y) }

  package func train(_ training: inout Training) {
    training.x.add(isFlat ? x + [.number(0)] : x)
    training.y.add(isFlat ? y : y + [.number(0)])
    series.train(&training)
    if isFlat { training.y.holdsSlots = true } else { training.x.holdsSlots = true }
  }

  package func draw(in frame: Frame, into svg: inout SVG) {
    let places = Places(x: x, y: y, series: series.groups, in: frame, dividesGaps: true)
    // A logarithm has no zero: its bars stand on the panel's edge.
    let base = places.isFlat ? frame.x(0) ?? 0 : frame.y(0) ?? frame.height
    for group in series.groups {
      var path = Path()
      for row in group.rows {
        guard let slot = places.slot(x[row], y[row], series: group.key),
          let end = places.isFlat ? frame.x(x[row]) : frame.y(y[row])
        else { continue }
        let half = slot.width / 2 * 0.92
        let a = places.turned(along: base, across: slot.centre - half)
        let b = places.turned(along: end, across: slot.centre + half)
        path.rectangle(
          left: min(a.x, b.x), top: min(a.y, b.y), right: max(a.x, b.x), bottom: max(a.y, b.y))
      }
      guard !path.data.isEmpty else { continue }
      let look = frame.series.look(group.key, series.style)
      svg.element("path", ["d": path.data, "fill": look.color])
    }
    svg.line(
      places.turned(along: base, across: 0),
      places.turned(along: base, across: isFlat ? frame.height : frame.width), color: .axis)
  }

  package func data(in frame: Frame) -> [Datum] {
    let places = Places(x: x, y: y, series: series.groups, in: frame, dividesGaps: true)
    return series.data { row, key in
      guard let slot = places.slot(x[row], y[row], series: key),
        let end = places.isFlat ? frame.x(x[row]) : frame.y(y[row])
      else { return nil }
      return Datum(
        places.turned(along: end, across: slot.centre), x[row], y[row], key, places.isFlat)
    }
  }

  package func keys(_ series: SeriesScale) -> [LegendKey] {
    self.series.keys(series) { .swatch($0.color) }
  }
}
