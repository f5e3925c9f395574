// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord
import IsobathTestSupport
import Testing

@Suite struct ColumnTests {
  @Test func everyPartOfARecordHasItsColumnAndNoOther() {
    let parts = Mirror(reflecting: Record()).children.compactMap(\.label)
    #expect(Column.all.map(\.name) == parts)
  }

  @Test func columnsReadThePartTheyAreNamedAfter() {
    let parts = Mirror(reflecting: Samples.record).children.map { "\($0.value)" }
    for (column, part) in zip(Column.all, parts) {
      let cell =
        switch column.cell(Samples.record) {
        case .missing: "missing"
        case .text(let text): text
        case .integer(let integer): "Optional(\(integer))"
        case .number(let number): "Optional(\(number))"
        }
      #expect(cell == part, "\(column.name)")
    }
  }

  @Test func kindsAreThoseOfTheValues() {
    for column in Column.all {
      switch (column.kind, column.cell(Samples.record)) {
      case (.text, .text), (.integer, .integer), (.number, .number): continue
      default: Issue.record("\(column.name) is said to hold a \(column.kind.rawValue)")
      }
    }
  }

  @Test func theGlossaryIsFinished() {
    for column in Column.all {
      #expect(column.meaning.hasSuffix("."), "\(column.name)")
      #expect(column.meaning.count > 20, "\(column.name)")
      #expect(!column.meaning.contains("  "), "\(column.name)")
      #expect(column.unit.isEmpty || column.kind != .text, "\(column.name)")
    }
  }

  @Test func theHeaderOfCSVIsTheGlossary() throws {
    #expect(CSV.header == Column.all.map(\.name).joined(separator: ",") + "\n")
  }
}
