// SPDX-License-Identifier: GPL-3.0-or-later

/// A ribbon between two values of each row, in a quarter of its series' ink; broken where a value
/// is missing, a bar where a value stands alone.
package struct Band: Mark {
  private let x: [Value]
  private let low: [Value]
  private let high: [Value]
  private let series: SeriesChannel
  private let name: String
  private let hasChannel: Bool

  /// - Parameter name: what the ribbon means, for the legend: "95 % interval".
  package init<Rows: Sequence>(
    _ rows: Rows, x: Channel<Rows.Element>, low: Channel<Rows.Element>,
    high: Channel<Rows.Element>, series: Channel<Rows.Element>? = nil, name: String = "",
    style: Style = .standard
  ) {
    let rows = Array(rows)
    self.x = rows.map { x($0).channelValue }
    self.low = rows.map { low($0).channelValue }
    self.high = rows.map { high($0).channelValue }
    self.series = SeriesChannel(rows, channel: series, name: "", style: style)
    self.name = name
    hasChannel = series != nil
  }

  package func train(_ training: inout Training) {
    training.x.add(x)
    training.y.add(low + high)
    series.train(&training)
  }

  package func draw(in frame: Frame, into svg: inout SVG) {
    let places = Places(x: x, y: low, series: series.groups, in: frame)
    for group in series.groups {
      var path = Path()
      for run in runs(group.rows.map { joined($0, in: frame) }) { add(run, to: &path) }
      for row in group.rows where isStop(row, in: frame) {
        guard let edge = edge(row, in: frame),
          let place = places.point(x[row], low[row], series: group.key)
        else { continue }
        add([edge.moved(to: place.x)], to: &path)
      }
      guard !path.data.isEmpty else { continue }
      let look = frame.series.look(group.key, series.style)
      svg.element("path", ["d": path.data, "fill": look.color, "fill-opacity": Band.opacity])
    }
  }

  package func data(in frame: Frame) -> [Datum] {
    series.data { row, key in
      guard let edge = edge(row, in: frame) else { return nil }
      return Datum(
        edge.low, edge.high, at: x[row], low: low[row], high: high[row], name: name, series: key,
        isFlat: false)
    }
  }

  /// The meaning of all ribbons once, in grey when they have several colours.
  package func keys(_ series: SeriesScale) -> [LegendKey] {
    guard !name.isEmpty, let first = self.series.groups.first else { return [] }
    let look = series.look(first.key, self.series.style)
    let color = hasChannel && self.series.style.color == nil ? .reference : look.color
    return [LegendKey(label: name, glyphs: [.band(color)], isMeaning: true)]
  }

  static let opacity = 0.22

  private struct Edge {
    let low: Point
    let high: Point

    func moved(to x: Double) -> Edge {
      Edge(low: Point(x: x, y: low.y), high: Point(x: x, y: high.y))
    }
  }

  private func edge(_ row: Int, in frame: Frame) -> Edge? {
    guard let low = frame.point(x[row], low[row]), let high = frame.point(x[row], high[row])
    else { return nil }
    return Edge(low: low, high: high)
  }

  private func isStop(_ row: Int, in frame: Frame) -> Bool {
    frame.x.room(x[row]) > 0 && frame.x is StopScale
  }

  private func joined(_ row: Int, in frame: Frame) -> Edge? {
    isStop(row, in: frame) ? nil : edge(row, in: frame)
  }

  private func add(_ run: [Edge], to path: inout Path) {
    if run.count == 1 {
      let (low, high) = (run[0].low, run[0].high)
      path.rectangle(left: low.x - 4, top: high.y, right: low.x + 4, bottom: low.y)
    } else {
      path.polyline(simplified(run.map(\.high)) + simplified(run.map(\.low)).reversed())
      path.close()
    }
  }
}
