// SPDX-License-Identifier: GPL-3.0-or-later

/// Turns a table into lines whose bars stand beneath each other, so that it reads as text too.
struct TableWriter: Sendable {
  let table: Table

  /// Cells wider than this are not padded to.
  private static let widestPadded = 40

  var lines: [String] {
    let writer = InlineWriter(isCell: true)
    let header = table.columns.map { writer.line($0.title) }
    let rows = table.rows.map { row in row.map { writer.line($0) } }
    let widths = header.indices.map { column in
      ([header] + rows).map { min($0[column].count, TableWriter.widestPadded) }.max() ?? 3
    }.map { max($0, 3) }
    return [line(header, widths), line(widths)] + rows.map { line($0, widths) }
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    let padded = cells.indices.map { column in
      let room = String(repeating: " ", count: max(0, widths[column] - cells[column].count))
      return table.columns[column].alignment == .right ? room + cells[column] : cells[column] + room
    }
    return "| " + padded.joined(separator: " | ") + " |"
  }

  /// The line beneath the header.
  private func line(_ widths: [Int]) -> String {
    let cells = table.columns.indices.map { column in
      let dashes = String(repeating: "-", count: widths[column] - 2)
      switch table.columns[column].alignment {
      case .left: return "--\(dashes)"
      case .right: return "-\(dashes):"
      case .centre: return ":\(dashes):"
      }
    }
    return "| " + cells.joined(separator: " | ") + " |"
  }
}
