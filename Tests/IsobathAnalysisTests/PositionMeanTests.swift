// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathRecord
import Testing

@Suite struct PositionMeanTests {
  /// Document i has values at positions 1 … 2 + i.
  private static func rows(_ documents: Int) -> [Record] {
    (0..<documents).flatMap { document in
      (1...2 + document).map { t in
        Rows.row(document, Double(t) + Double(document) / 100, position: t)
      }
    }
  }

  @Test func shortDocumentsDropOutAndAreCounted() throws {
    let rows = try Rows.analysed("position-mean", Self.rows(20))
    // Positions 1 and 2 are reached by all 20 documents, position t by 22 − t: 15 reach 7.
    #expect(rows.map(\.position) == [1, 2, 3, 4, 5, 6, 7])
    #expect(rows.map(\.n) == [20, 20, 19, 18, 17, 16, 15])
    #expect(rows[1].note.isEmpty)
    #expect(rows[6].note == "5 of 20 documents are shorter")
    // Documents 5 … 19 have a mean of 12.
    #expect(abs((rows[6].estimate ?? .nan) - 7.12) < 1e-12)
    #expect(rows.allSatisfy { $0.low != nil })
  }

  @Test func aPositionThatLongerDocumentsSkipIsNotReported() throws {
    // Fifteen documents end at 30, a length that the grid of the other twenty does not have.
    let rows = (0..<35).flatMap { document in
      [1, document < 15 ? 30 : 40].map { Rows.row(document, Double(document), position: $0) }
    }
    #expect(try Rows.analysed("position-mean", rows).map(\.position) == [1, 40])
  }

  @Test func aDocumentThatSkipsAPositionIsCounted() throws {
    let rows = Self.rows(20).filter { $0.position != 1 || $0.document != "document 1007" }
    let first = try #require(try Rows.analysed("position-mean", rows).first)
    #expect(first.position == 1 && first.n == 19)
    #expect(first.note == "1 of 20 documents were not measured here")
  }

  @Test func aPrefixWithoutAValueIsCountedNotSkipped() throws {
    var rows = Self.rows(20)
    rows[0] = Rows.row(0, nil, position: 1, note: "one token")
    let first = try #require(try Rows.analysed("position-mean", rows).first)
    #expect(first.position == 1 && first.n == 19)
    #expect(first.note == "1 of 20 documents have no value: one token (1)")
  }

  @Test func aSmallCorpusReportsWhatAllReach() throws {
    let rows = try Rows.analysed("position-mean", Self.rows(3))
    #expect(rows.map(\.position) == [1, 2])
    #expect(rows.allSatisfy { $0.note == "fewer than 15 documents" })
  }

  @Test func rowsWithoutAPositionAreNotItsBusiness() throws {
    #expect(try Rows.analysed("position-mean", [Rows.row(1, 1), Rows.row(2, 2)]).isEmpty)
    #expect(try Rows.analysed("mean", Self.rows(3)).isEmpty)
  }
}
