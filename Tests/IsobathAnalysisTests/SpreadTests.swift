// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathRecord
import Testing

@Suite struct SpreadTests {
  @Test func quantilesOfZeroToOneHundred() throws {
    let rows = try Rows.analysed("spread", (0...100).map { Rows.row($0, Double(100 - $0)) })
    #expect(rows.map(\.level) == [0.5, 0.9])
    #expect(rows.map(\.estimate) == [50, 50])
    #expect(rows.map(\.low) == [25, 5] && rows.map(\.high) == [75, 95])
    #expect(rows.allSatisfy { $0.n == 101 && $0.note.isEmpty })
  }

  @Test func oneDocumentIsItsOwnSpread() throws {
    let rows = try Rows.analysed("spread", [Rows.row(1, 3), Rows.row(2, nil, note: "one token")])
    #expect(rows.allSatisfy { $0.low == 3 && $0.estimate == 3 && $0.high == 3 && $0.n == 1 })
    #expect(rows.allSatisfy { $0.note == "1 of 2 documents have no value: one token (1)" })
  }
}
