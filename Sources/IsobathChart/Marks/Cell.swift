// SPDX-License-Identifier: GPL-3.0-or-later

/// A heat map: each row colours the cell at its place. Where places are numbers, a cell reaches
/// half way to its neighbours on the scale itself, so that logarithmic positions keep their widths.
/// A row without a value, and a place without a row, is grey and hatched.
package struct Cell: Mark {
  private let x: [Value]
  private let y: [Value]
  private let fill: [Value]
  private let labels: NumberFormat?

  /// - Parameter labels: writes each value in its cell, where cells are large enough.
  package init<Rows: Sequence>(
    _ rows: Rows, x: Channel<Rows.Element>, y: Channel<Rows.Element>,
    fill: Channel<Rows.Element>, labels: NumberFormat? = nil
  ) {
    let rows = Array(rows)
    self.x = rows.map { x($0).channelValue }
    self.y = rows.map { y($0).channelValue }
    self.fill = rows.map { fill($0).channelValue }
    self.labels = labels
  }

  package var hidesGrid: Bool { true }

  package func train(_ training: inout Training) {
    training.x.add(x)
    training.y.add(y)
    training.x.holdsCells = true
    training.y.holdsCells = true
    training.color.add(fill)
    let places = Set(x).subtracting([.missing]).count * Set(y).subtracting([.missing]).count
    let filled = fill.filter { $0.number != nil }.count
    if filled < places { training.hasMissingCells = true }
  }

  package func draw(in frame: Frame, into svg: inout SVG) {
    let columns = extents(x, frame.x)
    let rows = extents(y, frame.y)
    var levels = [Path](repeating: Path(), count: ColorScale.levels)
    var filled: Set<[Value]> = []
    for index in fill.indices {
      guard let number = fill[index].number, let level = frame.color.level(number),
        let column = columns[x[index]], let row = rows[y[index]]
      else { continue }
      filled.insert([x[index], y[index]])
      levels[level].rectangle(
        left: column.lowerBound, top: row.lowerBound, right: column.upperBound,
        bottom: row.upperBound)
    }
    drawMissing(columns, rows, filled, into: &svg)
    svg.group("g", ["shape-rendering": "crispEdges"]) { svg in
      for (level, path) in levels.enumerated() where !path.data.isEmpty {
        svg.element("path", ["d": path.data, "fill": frame.color.color(level: level)])
      }
    }
    if let labels { draw(labels, columns, rows, in: frame, into: &svg) }
  }

  /// The side of each distinct value: its room, or half way to its neighbours.
  private func extents(
    _ values: [Value], _ scale: any PositionScale
  ) -> [Value: ClosedRange<Double>] {
    var extents: [Value: ClosedRange<Double>] = [:]
    var free: [(value: Value, place: Double)] = []
    for value in Set(values) {
      guard let place = scale(value) else { continue }
      let room = scale.room(value)
      if room > 0 {
        extents[value] = (place - room / 2)...(place + room / 2)
      } else {
        free.append((value, place))
      }
    }
    free.sort { $0.place < $1.place }
    for (index, item) in free.enumerated() {
      let before = index > 0 ? item.place - free[index - 1].place : nil
      let after = index + 1 < free.count ? free[index + 1].place - item.place : nil
      let low = (before ?? after ?? 24) / 2
      let high = (after ?? before ?? 24) / 2
      extents[item.value] = (item.place - low)...(item.place + high)
    }
    return extents
  }

  private func drawMissing(
    _ columns: [Value: ClosedRange<Double>], _ rows: [Value: ClosedRange<Double>],
    _ filled: Set<[Value]>, into svg: inout SVG
  ) {
    var (ground, hatch) = (Path(), Path())
    for (x, column) in columns.sorted(by: { $0.value.lowerBound < $1.value.lowerBound }) {
      for (y, row) in rows.sorted(by: { $0.value.lowerBound < $1.value.lowerBound })
      where !filled.contains([x, y]) {
        ground.rectangle(
          left: column.lowerBound, top: row.lowerBound, right: column.upperBound,
          bottom: row.upperBound)
        hatch.segment(
          Point(x: column.lowerBound, y: row.upperBound),
          Point(x: column.upperBound, y: row.lowerBound))
      }
    }
    guard !ground.data.isEmpty else { return }
    svg.element("path", ["d": ground.data, "fill": Color.absent])
    svg.element("path", ["d": hatch.data, "stroke": Color.axis, "stroke-width": 0.7])
  }

  private func draw(
    _ format: NumberFormat, _ columns: [Value: ClosedRange<Double>],
    _ rows: [Value: ClosedRange<Double>], in frame: Frame, into svg: inout SVG
  ) {
    for index in fill.indices {
      guard let number = fill[index].number, let column = columns[x[index]],
        let row = rows[y[index]]
      else { continue }
      let color = frame.color.color(number).isDark ? Color.paper : .ink
      let font = Font(size: 11, color: color)
      let text = format(number)
      let room = column.upperBound - column.lowerBound
      guard font.width(text) + 4 <= room, row.upperBound - row.lowerBound >= 14 else { continue }
      svg.label(
        text, x: (column.lowerBound + column.upperBound) / 2,
        y: (row.lowerBound + row.upperBound) / 2 + 3.9, font: font, anchor: .middle)
    }
  }
}
