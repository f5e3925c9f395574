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
    if values.count < places { training.hasMissingCells = true }
  }

  package func draw(in frame: Frame, into svg: inout SVG) {
    let table = CellTable(
      columns: CellTable.sides(x, frame.x), rows: CellTable.sides(y, frame.y),
      values: values.compactMapValues { frame.color.level($0) })
    table.drawMissing(into: &svg)
    svg.group("g", ["shape-rendering": "crispEdges"]) { svg in
      for (level, path) in table.paths.enumerated() where !path.data.isEmpty {
        svg.element("path", ["d": path.data, "fill": frame.color.color(level: level)])
      }
    }
    if let labels { draw(labels, table, in: frame, into: &svg) }
  }

  package func cells(in frame: Frame) -> CellData? {
    CellData(
      columns: CellTable.sides(x, frame.x), rows: CellTable.sides(y, frame.y), values: values)
  }

  /// By place; of two rows at one place the later counts.
  private var values: [CellTable.Place: Double] {
    var values: [CellTable.Place: Double] = [:]
    for index in fill.indices where x[index] != .missing && y[index] != .missing {
      values[CellTable.Place(x: x[index], y: y[index])] = fill[index].number
    }
    return values
  }

  private func draw(
    _ format: NumberFormat, _ table: CellTable, in frame: Frame, into svg: inout SVG
  ) {
    let values = self.values
    for row in table.rows where row.high - row.low >= 14 {
      for column in table.columns {
        guard let number = values[CellTable.Place(x: column.value, y: row.value)] else { continue }
        let color = frame.color.color(number).isDark ? Color.onDarkCell : .onPaleCell
        let font = Font(size: 11, color: color)
        let text = format(number)
        guard font.width(text) + 4 <= column.high - column.low else { continue }
        svg.label(
          text, x: (column.low + column.high) / 2, y: (row.low + row.high) / 2 + 3.9, font: font,
          anchor: .middle)
      }
    }
  }
}
