// SPDX-License-Identifier: GPL-3.0-or-later

/// Five numbers of each row: whiskers, a box over the middle half, and a line at the median;
/// upright, or flat when the names lie along y.
package struct Box: Mark {
  private struct Five: Sendable {
    let low: Value
    let lower: Value
    let median: Value
    let upper: Value
    let high: Value

    var all: [Value] { [low, lower, median, upper, high] }
  }

  private let places: [Value]
  private let fives: [Five]
  private let isFlat: Bool
  private let series: SeriesChannel
  private let name: String

  /// - Parameters:
  ///   - at: where each box stands: along x, or along y when it is flat.
  ///   - name: what box and whiskers mean, for the legend: "quartiles, 5 % to 95 %".
  package init<Rows: Sequence>(
    _ rows: Rows, at: Channel<Rows.Element>, low: Channel<Rows.Element>,
    lower: Channel<Rows.Element>, median: Channel<Rows.Element>, upper: Channel<Rows.Element>,
    high: Channel<Rows.Element>, isFlat: Bool = false, series: Channel<Rows.Element>? = nil,
    name: String = "", style: Style = .standard
  ) {
    let rows = Array(rows)
    places = rows.map { at($0).channelValue }
    fives = rows.map {
      Five(
        low: low($0).channelValue, lower: lower($0).channelValue,
        median: median($0).channelValue, upper: upper($0).channelValue,
        high: high($0).channelValue)
    }
    self.isFlat = isFlat
    self.series = SeriesChannel(rows, channel: series, name: "", style: style)
    self.name = name
  }

  /// Boxes of quartiles.
  package init(
    _ rows: [Quartiles], isFlat: Bool = false, name: String = "", style: Style = .standard
  ) {
    self.init(
      rows, at: \.key, low: \.low, lower: \.lower, median: \.median, upper: \.upper,
      high: \.high, isFlat: isFlat, name: name, style: style)
  }

  package func train(_ training: inout Training) {
    let values = fives.flatMap(\.all)
    training.x.add(isFlat ? values : places)
    training.y.add(isFlat ? places : values)
    series.train(&training)
    if isFlat { training.y.holdsSlots = true } else { training.x.holdsSlots = true }
  }

  package func draw(in frame: Frame, into svg: inout SVG) {
    let scale = isFlat ? frame.x : frame.y
    let slots = Slots(
      isFlat ? frame.y : frame.x, values: places, series: series.groups, in: frame,
      dividesGaps: true)
    for group in series.groups {
      var (boxes, whiskers, medians) = (Path(), Path(), Path())
      for row in group.rows {
        let ends = fives[row].all.compactMap { scale($0) }
        guard ends.count == 5, let slot = slots.slot(places[row], series: group.key) else {
          continue
        }
        let half = max(1, min(slot.width / 2 * 0.8, 16))
        func point(_ along: Double, _ across: Double) -> Point {
          isFlat
            ? Point(x: along, y: slot.centre + across) : Point(x: slot.centre + across, y: along)
        }
        whiskers.segment(point(ends[0], 0), point(ends[1], 0))
        whiskers.segment(point(ends[3], 0), point(ends[4], 0))
        let (a, b) = (point(ends[1], -half), point(ends[3], half))
        boxes.rectangle(
          left: min(a.x, b.x), top: min(a.y, b.y), right: max(a.x, b.x), bottom: max(a.y, b.y))
        medians.segment(point(ends[2], -half), point(ends[2], half))
      }
      let color = frame.series.look(group.key, series.style).color
      draw(boxes: boxes, whiskers: whiskers, medians: medians, color: color, into: &svg)
    }
  }

  package func data(in frame: Frame) -> [Datum] {
    let slots = Slots(
      isFlat ? frame.y : frame.x, values: places, series: series.groups, in: frame,
      dividesGaps: true)
    return series.data { row, key in
      let five = fives[row]
      let numbers = five.all.compactMap(\.number)
      guard numbers.count == 5, let slot = slots.slot(places[row], series: key),
        let along = isFlat ? frame.x(five.median) : frame.y(five.median)
      else { return nil }
      let point =
        isFlat ? Point(x: along, y: slot.centre) : Point(x: slot.centre, y: along)
      var datum = Datum(
        point, isFlat ? five.median : places[row], isFlat ? places[row] : five.median, key, isFlat)
      datum?.intervals = [
        Datum.Interval(low: numbers[1], high: numbers[3], name: "box"),
        Datum.Interval(low: numbers[0], high: numbers[4], name: "whiskers"),
      ]
      return datum
    }
  }

  package func keys(_ series: SeriesScale) -> [LegendKey] {
    let each = self.series.keys(series) { .box($0.color) }
    guard !name.isEmpty, let first = self.series.groups.first else { return each }
    let look = series.look(first.key, self.series.style)
    let color = each.isEmpty || self.series.style.color != nil ? look.color : .reference
    return each + [LegendKey(label: name, glyphs: [.box(color)], isMeaning: true)]
  }

  private func draw(
    boxes: Path, whiskers: Path, medians: Path, color: Color, into svg: inout SVG
  ) {
    guard !boxes.data.isEmpty else { return }
    svg.element("path", ["d": whiskers.data, "stroke": color, "stroke-width": 1.2, "fill": "none"])
    svg.element(
      "path",
      [
        "d": boxes.data, "fill": color.tint, "stroke": color,
        "stroke-width": 1.0,
      ])
    svg.element("path", ["d": medians.data, "stroke": color, "stroke-width": 2.2, "fill": "none"])
  }
}
