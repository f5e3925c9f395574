// SPDX-License-Identifier: GPL-3.0-or-later

/// A line through rows in their order, broken where a value is missing; a value between two gaps,
/// and one at a named stop, is a dot.
package struct Line: Mark {
  private let x: [Value]
  private let y: [Value]
  private let series: SeriesChannel
  private let marksPoints: Bool?

  /// - Parameters:
  ///   - series: what distinguishes the lines: a name, or a number for a colour on a ramp.
  ///   - name: the name of a single line.
  ///   - points: whether each value has a marker; by default when there are few.
  package init<Rows: Sequence>(
    _ rows: Rows, x: Channel<Rows.Element>, y: Channel<Rows.Element>,
    series: Channel<Rows.Element>? = nil, name: String = "", points: Bool? = nil,
    style: Style = .standard
  ) {
    let rows = Array(rows)
    self.x = rows.map { x($0).channelValue }
    self.y = rows.map { y($0).channelValue }
    self.series = SeriesChannel(rows, channel: series, name: name, style: style)
    marksPoints = points
  }

  package func train(_ training: inout Training) {
    training.x.add(x)
    training.y.add(y)
    series.train(&training)
  }

  package func draw(in frame: Frame, into svg: inout SVG) {
    let places = Places(x: x, y: y, series: series.groups, in: frame)
    for group in series.groups {
      let look = frame.series.look(group.key, series.style)
      var path = Path()
      var dots: [Point] = []
      for run in runs(group.rows.map { joined($0, in: frame) }) {
        if run.count == 1 {
          dots += run
        } else {
          path.polyline(simplified(run))
          if marks(group) { dots += run }
        }
      }
      dots += group.rows.filter { isStop($0, in: frame) }.compactMap {
        places.point(x[$0], y[$0], series: group.key)
      }
      if !path.data.isEmpty {
        svg.element(
          "path",
          [
            "d": path.data, "fill": "none", "stroke": look.color, "stroke-width": width,
            "stroke-dasharray": look.dash.attribute, "stroke-linejoin": "round",
          ])
      }
      look.marker.draw(
        at: dots.filter(frame.holds), radius: width + 1.2, color: look.color, into: &svg)
    }
  }

  package func data(in frame: Frame) -> [Datum] {
    let places = Places(x: x, y: y, series: series.groups, in: frame)
    return series.data { row, key in
      let point =
        isStop(row, in: frame)
        ? places.point(x[row], y[row], series: key) : frame.point(x[row], y[row])
      return Datum(point, x[row], y[row], key, false)
    }
  }

  package func keys(_ series: SeriesScale) -> [LegendKey] {
    self.series.keys(series) { .line($0, width: width) }
  }

  package func ends(in frame: Frame) -> [EndLabel] {
    series.groups.compactMap { group in
      let label = frame.series.label(group.key)
      let points = group.rows.compactMap { frame.point(x[$0], y[$0]) }.filter(frame.holds)
      guard !label.isEmpty, let last = points.max(by: { $0.x < $1.x }) else { return nil }
      let look = frame.series.look(group.key, series.style)
      return EndLabel(label: label, y: last.y, look: look, width: width)
    }
  }

  private var width: Double { series.style.width ?? 1.8 }

  private func marks(_ group: Group) -> Bool { marksPoints ?? (group.rows.count <= 14) }

  /// Beside numbers a name is a stop of its own; on a band axis lines do join the names.
  private func isStop(_ row: Int, in frame: Frame) -> Bool {
    frame.x.room(x[row]) > 0 && frame.x is StopScale
  }

  private func joined(_ row: Int, in frame: Frame) -> Point? {
    isStop(row, in: frame) ? nil : frame.point(x[row], y[row])
  }
}
