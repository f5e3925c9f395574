// SPDX-License-Identifier: GPL-3.0-or-later

/// Comma-separated values after RFC 4180, in UTF-8, one line feed after each line (as pandas and R
/// write them; RFC 4180's carriage returns would end up in the last column of line-based tools).
///
/// - Numbers are the shortest decimals that read back as the same float64, with a point whatever the
///   locale; `inf` is infinity. A missing value is an empty cell.
/// - A cell is quoted only when it holds a comma, a quote or a line break.
/// - No spreadsheet takes a text for a formula: a text that starts with `=`, `+`, `-`, `@`, a tab, a
///   line break or an apostrophe gets an apostrophe before it. Removing one leading apostrophe from
///   text cells gives back the original, always.
/// - Control characters and those that reverse the direction of writing are shown as `\u001b`. The
///   JSON form has them unchanged.
package enum CSV {
  /// The names of the columns of records.
  package static let header = line(Column.all.map { .text($0.name) })

  /// One record, with its line feed.
  package static func line(_ record: Record) -> String {
    line(Column.all.map { $0.cell(record) })
  }

  /// One line of any table, with its line feed.
  package static func line(_ cells: [Cell]) -> String {
    var text = ""
    for (index, cell) in cells.enumerated() {
      if index > 0 { text += "," }
      text += spelled(cell)
    }
    return text + "\n"
  }

  private static func spelled(_ cell: Cell) -> String {
    switch cell {
    case .missing: ""
    case .text(let text): quoted(harmless(text))
    case .integer(let integer): String(integer)
    case .number(let number): Cell.spelling(number)
    }
  }

  /// A text that no spreadsheet computes and no terminal obeys.
  private static func harmless(_ text: String) -> String {
    let visible = VisibleText.escaped(text, keeping: ["\t", "\n", "\r"])
    guard let first = visible.unicodeScalars.first else { return visible }
    return formulaStarts.contains(first) ? "'" + visible : visible
  }

  private static let formulaStarts: Set<Unicode.Scalar> = [
    "=", "+", "-", "@", "\t", "\n", "\r", "'",
    // Their full-width forms, which some spreadsheets take for the plain ones.
    "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
  ]

  private static func quoted(_ text: String) -> String {
    let special: (Unicode.Scalar) -> Bool = {
      $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r"
    }
    guard text.unicodeScalars.contains(where: special) else { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}
