// SPDX-License-Identifier: GPL-3.0-or-later

/// A segment from a low to a high value, with caps, upright at an `x` or flat at a `y`.
package struct ErrorBar: Mark {
  private let x: [Value]
  private let y: [Value]
  private let otherEnd: [Value]
  private let isFlat: Bool
  private let series: SeriesChannel
  private let name: String

  /// Upright segments.
  package init<Rows: Sequence>(
    _ rows: Rows, x: Channel<Rows.Element>, low: Channel<Rows.Element>,
    high: Channel<Rows.Element>, series: Channel<Rows.Element>? = nil, name: String = "",
    style: Style = .standard
  ) {
    let rows = Array(rows)
    self.x = rows.map { x($0).channelValue }
    y = rows.map { low($0).channelValue }
    otherEnd = rows.map { high($0).channelValue }
    isFlat = false
    self.series = SeriesChannel(rows, channel: series, name: "", style: style)
    self.name = name
  }

  /// Flat segments.
  package init<Rows: Sequence>(
    _ rows: Rows, y: Channel<Rows.Element>, low: Channel<Rows.Element>,
    high: Channel<Rows.Element>, series: Channel<Rows.Element>? = nil, name: String = "",
    style: Style = .standard
  ) {
    let rows = Array(rows)
    x = rows.map { low($0).channelValue }
    self.y = rows.map { y($0).channelValue }
    otherEnd = rows.map { high($0).channelValue }
    isFlat = true
    self.series = SeriesChannel(rows, channel: series, name: "", style: style)
    self.name = name
  }

  package func train(_ training: inout Training) {
    training.x.add(isFlat ? x + otherEnd : x)
    training.y.add(isFlat ? y : y + otherEnd)
    series.train(&training)
  }

  package func draw(in frame: Frame, into svg: inout SVG) {
    let slots = Slots(
      isFlat ? frame.y : frame.x, values: isFlat ? y : x, series: series.groups, in: frame,
      dividesGaps: false)
    for group in series.groups {
      var path = Path()
      for row in group.rows {
        guard let slot = slots.slot(isFlat ? y[row] : x[row], series: group.key),
          let low = isFlat ? frame.x(x[row]) : frame.y(y[row]),
          let high = isFlat ? frame.x(otherEnd[row]) : frame.y(otherEnd[row])
        else { continue }
        add(from: low, to: high, at: slot.centre, to: &path)
      }
      guard !path.data.isEmpty else { continue }
      let look = frame.series.look(group.key, series.style)
      svg.element(
        "path",
        [
          "d": path.data, "fill": "none", "stroke": look.color,
          "stroke-width": series.style.width ?? 1.4,
        ])
    }
  }

  package func data(in frame: Frame) -> [Datum] {
    series.data { row, key in
      let ends =
        isFlat
        ? (frame.point(x[row], y[row]), frame.point(otherEnd[row], y[row]))
        : (frame.point(x[row], y[row]), frame.point(x[row], otherEnd[row]))
      return Datum(
        ends.0, ends.1, at: isFlat ? y[row] : x[row], low: isFlat ? x[row] : y[row],
        high: otherEnd[row], name: name, series: key, isFlat: isFlat)
    }
  }

  package func keys(_ series: SeriesScale) -> [LegendKey] {
    guard !name.isEmpty, let first = self.series.groups.first else { return [] }
    let look = series.look(first.key, self.series.style)
    let isMixed = self.series.groups.count > 1 && self.series.style.color == nil
    let color = isMixed ? .reference : look.color
    return [LegendKey(label: name, glyphs: [.errorBar(color)], isMeaning: true)]
  }

  private func add(from low: Double, to high: Double, at centre: Double, to path: inout Path) {
    func point(_ along: Double, _ across: Double) -> Point {
      isFlat ? Point(x: along, y: centre + across) : Point(x: centre + across, y: along)
    }
    path.segment(point(low, 0), point(high, 0))
    path.segment(point(low, -3), point(low, 3))
    path.segment(point(high, -3), point(high, 3))
  }
}
