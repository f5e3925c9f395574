// SPDX-License-Identifier: GPL-3.0-or-later

/// A part of a document.
package enum Block: Sendable {
  /// Level 1 to 6. An anchor is written beside the heading, so that links to it outlive its words.
  case heading(Int, Prose, anchor: Anchor? = nil)
  case paragraph(Prose)
  case table(Table)
  /// Each item is a list of blocks.
  case list([[Block]], isNumbered: Bool = false)
  /// An image by its relative path; the alternative text says what it shows.
  case image(LinkTarget, alt: String)
  /// Blocks that a reader may open; the summary is plain text.
  case details(summary: String, [Block])
  case code(String, language: String = "")
  /// The texts of notes, in their order.
  case notes([(id: NoteID, text: Prose)])
  case rule

  /// A list of short items.
  package static func bullets(_ items: [Prose]) -> Block {
    .list(items.map { [.paragraph($0)] })
  }
}

/// Rows under a header.
package struct Table: Sendable {
  package enum Alignment: Sendable {
    case left
    case right
    case centre
  }

  package struct Column: Sendable {
    package let title: Prose
    package let alignment: Alignment

    package init(_ title: Prose, _ alignment: Alignment = .left) {
      self.title = title
      self.alignment = alignment
    }

    /// A column of numbers, aligned at their ends.
    package static func number(_ title: Prose) -> Column { Column(title, .right) }
  }

  package let columns: [Column]
  package let rows: [[Prose]]

  package init(_ columns: [Column], rows: [[Prose]]) {
    precondition(!columns.isEmpty, "a table without columns")
    for row in rows {
      precondition(
        row.count == columns.count, "a row of \(row.count) cells under \(columns.count) columns")
    }
    self.columns = columns
    self.rows = rows
  }

  /// One row for each element, one cell for each column.
  package init<Rows: Sequence>(
    _ rows: Rows, columns: [(column: Column, cell: (Rows.Element) -> Prose)]
  ) {
    self.init(
      columns.map(\.column), rows: rows.map { row in columns.map { $0.cell(row) } })
  }
}

/// Collects blocks, with `if`, `for` and lists.
@resultBuilder
package enum BlockBuilder {
  package static func buildExpression(_ block: Block) -> [Block] { [block] }
  package static func buildExpression(_ blocks: [Block]) -> [Block] { blocks }
  package static func buildBlock(_ blocks: [Block]...) -> [Block] { blocks.flatMap { $0 } }
  package static func buildOptional(_ blocks: [Block]?) -> [Block] { blocks ?? [] }
  package static func buildEither(first blocks: [Block]) -> [Block] { blocks }
  package static func buildEither(second blocks: [Block]) -> [Block] { blocks }
  package static func buildArray(_ blocks: [[Block]]) -> [Block] { blocks.flatMap { $0 } }
}
