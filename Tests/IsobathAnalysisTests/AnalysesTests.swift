// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathAnalysis
import IsobathRecord
import IsobathStatistics
import Testing

@Suite struct AnalysesTests {
  @Test func idsAreUniqueAndPlain() {
    let ids = analyses.map(\.id)
    #expect(Set(ids).count == ids.count)
    for id in ids {
      #expect(!id.isEmpty && id.allSatisfy { $0.isLowercase || $0 == "-" }, "\(id)")
    }
  }

  @Test("says what it is and cites its source", arguments: analyses.map(\.id))
  func about(_ id: String) throws {
    let analysis = try #require(analyses.first { $0.id == id })
    #expect(!analysis.title.isEmpty)
    let cites = analysis.about.contains("arXiv") || analysis.about.contains("Efron")
    #expect(cites || analysis.about.contains("Hyndman"), "\(id) cites no source")
  }

  private static func everything() -> [Record] {
    var rows = Rows.curves([4, 3, 2, 3.5], documents: 20)
    rows += Rows.curves([4, 3, 2, 3.5], documents: 20).map { row in
      var row = row
      row.position = 7
      row.measure = "prefix-entropy"
      return row
    }
    rows += (0..<20).map { Rows.row($0, site: "final-norm", depth: 1, Double($0)) }
    rows += Rows.curves([1, 3, 2, 5], documents: 20).map { row in
      var row = row
      row.measure = "norm-first"
      row.preparation = ""
      return row
    }
    return rows
  }

  @Test("answers under its own name, finite, in any row order", arguments: analyses.map(\.id))
  func answers(_ id: String) throws {
    var rows = Self.everything()
    let answers = try Rows.analysed(id, rows)
    #expect(!answers.isEmpty)
    for row in answers {
      #expect(row.analysis == id)
      #expect(row.document.isEmpty && row.tokens == nil)
      #expect((row.estimate ?? .nan).isFinite)
      #expect((row.low == nil) == (row.high == nil))
      if let low = row.low, let high = row.high { #expect(low <= high) }
    }
    RandomStream(seed: 2, purpose: "test").shuffle(&rows)
    #expect(try Rows.analysed(id, rows) == answers)
  }

  @Test func analysesDoNotFeedOnEachOther() throws {
    let rows = Self.everything()
    let options = try Rows.options()
    let once = analyse(try DocumentTable(rows), options)
    let ofADocument = rows.map { row in
      var row = row
      row.analysis = "contribution"
      return row
    }
    #expect(analyse(try DocumentTable(rows + once + ofADocument), options) == once)
  }

  @Test("an empty or unanswerable table gives no crash", arguments: analyses.map(\.id))
  func nothing(_ id: String) throws {
    #expect(try Rows.analysed(id, []).isEmpty)
    let missing = (0..<3).map { Rows.row($0, nil, note: "one token has no direction") }
    for row in try Rows.analysed(id, missing) {
      #expect(row.estimate == nil && row.low == nil && !row.note.isEmpty)
    }
  }

  @Test func twoRowsOfOneValueAreRefused() {
    let rows = [Rows.row(1, 2.0), Rows.row(2, 2.0), Rows.row(1, 2.5)]
    let error = AnalysisError.twice(
      document: "document 1001", measure: "entropy", site: "residual.0")
    #expect(throws: error) { try DocumentTable(rows) }
    #expect(error.description.hasPrefix("document 'document 1001' has two rows of entropy"))
  }

  @Test(
    "options out of range are refused",
    arguments: [
      (0.3, 1000, 0), (1.0, 1000, 0), (.nan, 1000, 0), (0.95, 99, 0), (0.95, 200_001, 0),
      (0.95, 1000, -1),
    ])
  func options(_ level: Double, _ resamples: Int, _ threads: Int) {
    #expect(throws: AnalysisError.self) {
      try AnalysisOptions(seed: 1, level: level, resamples: resamples, threads: threads)
    }
  }
}
