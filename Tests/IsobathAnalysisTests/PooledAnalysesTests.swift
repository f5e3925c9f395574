// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathAnalysis
import IsobathMeasure
import IsobathRecord
import IsobathStatistics
import IsobathTestSupport
import Testing

/// From stored pooled rows to answers about the whole corpus.
@Suite struct PooledAnalysesTests {
  private static func answers(
    _ run: RunReader, threads: Int = 2, _ ids: String...
  ) throws -> [Record] {
    let options = try AnalysisOptions(seed: 1, threads: threads)
    let wanted = pooledAnalyses.filter { ids.isEmpty || ids.contains($0.id) }
    return try analyse(PooledTable(run), options, wanted: wanted)
  }

  @Test func everyAnalysisIsInTheGlossary() {
    let ids = analysisTerms.map(\.id)
    #expect(Set(ids).count == ids.count)
    let ofSeveralRuns =
      ComparisonAnalysis.allCases.map(\.id) + StageAnalysis.allCases.map(\.id)
    for term in analysisTerms where !ofSeveralRuns.contains(term.id) {
      #expect(term.id.allSatisfy { $0.isLowercase || $0 == "-" } && !term.title.isEmpty)
      let cites = ["arXiv", "Efron", "Hyndman", "Quenouille"].contains { term.about.contains($0) }
      #expect(cites, "\(term.id) cites no source")
    }
  }

  /// Forty sites are forty samples of one distribution.
  @Test func correctedEntropiesCoverTheTruth() throws {
    let shape = PooledSamples(documents: 200, width: 32)
    let stream = RandomStream(seed: 11, purpose: "coverage")
    let samples = (0..<40).map { _ in shape.rows(stream) }
    let run = try PooledRuns.run(sites: 40, documents: 200, width: 32) { site, document in
      [("mean", samples[site][document])]
    }
    let rows = try Self.answers(run, "pooled-mean", "pooled-mean-plain")
    let centred = rows.filter { $0.measure == "entropy" && $0.preparation == "centred" }
    let corrected = centred.filter { $0.analysis == "pooled-mean" }
    let plain = centred.filter { $0.analysis == "pooled-mean-plain" }
    #expect(corrected.count == 40 && plain.count == 40)
    func error(_ rows: [Record]) -> Double {
      rows.reduce(0) { $0 + ($1.estimate ?? .nan) - shape.entropy } / Double(rows.count)
    }
    let held = corrected.filter {
      ($0.low ?? .infinity) <= shape.entropy && shape.entropy <= ($0.high ?? -.infinity)
    }.count
    print("H: plain \(error(plain)) off, corrected \(error(corrected)), \(held) of 40 held")
    #expect(error(plain) < -0.04 && abs(error(corrected)) < 0.02)
    // 95 % of 40 is 38 ± 1.4; five standard deviations below it.
    #expect(held >= 31)
    let ratios = rows.filter { $0.analysis == "pooled-mean" && $0.measure == "participation-ratio" }
    let covered = ratios.filter {
      let truth = shape.participationRatio
      return ($0.low ?? .infinity) <= truth && truth <= ($0.high ?? -.infinity)
    }.count
    print("participation ratio: \(covered) of \(ratios.count) held")
    #expect(ratios.count == 40 && covered >= 31)
    #expect(corrected.allSatisfy { $0.level == 0.95 && $0.n == 200 })
    #expect(corrected[0].note == "10 splits into halves; 50 blocks")
  }

  @Test func warningsAndMissingDocuments() throws {
    let rows = PooledSamples(documents: 40, width: 20).rows(seed: 1)
    let run = try PooledRuns.run(
      sites: 2, documents: 40, width: 20, source: { $0 < 30 ? "book \($0 / 3)" : "" }
    ) { site, document in
      var kinds = [("last", rows[document])]
      if document != 7 { kinds.append(("at.1", [Float](repeating: 1, count: 20))) }
      if document < 12 { kinds.append(("at.64", rows[document])) }
      if document != 9 { kinds.append(("at.8", rows[document])) }
      return kinds
    }
    let answers = try Self.answers(run)
    #expect(!answers.contains { $0.analysis == "pooled-mean" || $0.analysis == "views" })
    let last = try #require(answers.first { $0.analysis == "pooled-last" })
    #expect(last.note.contains("N/d = 2.0 is below 3") && last.note.contains("20 sources kept"))
    #expect(last.note.contains("20 blocks"))
    let across = answers.filter { $0.analysis == "across-documents" }
    #expect(Set(across.compactMap(\.position)) == [1, 8], "64 is reached by too few")
    let same = try #require(across.first { $0.position == 1 })
    #expect(same.estimate == nil && same.note.hasPrefix("all documents have equal rows; 1 of 40"))
    let some = try #require(across.first { $0.position == 8 && $0.measure == "entropy" })
    #expect(some.n == 39 && some.low != nil)
    #expect(some.note.hasPrefix("1 of 40 documents have no row"))
  }

  @Test func noThreadsAndNoOrderOfSitesDecideAnything() throws {
    let samples = (0..<5).map { PooledSamples(documents: 24, width: 16).rows(seed: $0) }
    let run = try PooledRuns.run(sites: 5, documents: 24, width: 16) { site, document in
      ["mean", "last", "at.2", "view.1", "view.2"].map { ($0, samples[site][document]) }
    }
    let rows = try Self.answers(run, threads: 1)
    #expect(try Self.answers(run, threads: 3) == rows)
    // Moments of all tokens have tests of their own.
    #expect(
      Set(rows.map(\.analysis)) == Set(pooledAnalyses.map(\.id)).subtracting(["pooled-tokens"]))
    for row in rows {
      #expect(row.document.isEmpty && row.estimate?.isFinite != false)
      if let low = row.low, let high = row.high { #expect(low <= high) }
      #expect(row.estimate != nil || !row.note.isEmpty)
    }
    // The same rows of two kinds have the same answers.
    let (mean, last) = (
      rows.filter { $0.analysis == "pooled-mean" }, rows.filter { $0.analysis == "pooled-last" }
    )
    #expect(mean.map(\.estimate) == last.map(\.estimate) && mean.map(\.low) == last.map(\.low))
  }

  @Test func viewsThatAgree() throws {
    let rows = PooledSamples(documents: 300, width: 400, decay: 0).rows(seed: 8)
    let run = try PooledRuns.run(sites: 1, documents: 300, width: 400) { _, document in
      let views = [("view.1", rows[document]), ("view.2", rows[document])]
      return document == 0 ? [views[0]] : views
    }
    let answers = try Self.answers(run, "views")
    #expect(answers.map(\.measure).sorted() == ["dime", "infonce", "lidar"])
    for row in answers {
      #expect(row.n == 256 && row.low == nil)
      #expect(
        row.note == "1 of 300 documents lack a view; 256 of 299 documents, at random")
    }
    // Equal views of nearly orthogonal documents: each finds itself.
    let found = try #require(answers.first { $0.measure == "infonce" }?.estimate)
    #expect(found > log(256) - 0.05 && found <= log(256))
  }

  @Test func aRunWithoutPooledRowsHasNoAnswer() throws {
    let run = try PooledRuns.run(sites: 2, documents: 3, width: 4) { _, _ in [] }
    #expect(try Self.answers(run).isEmpty)
  }

  @Test func enoughDocuments() throws {
    let rows = PooledSamples(documents: 160, width: 12).rows(seed: 9)
    let run = try PooledRuns.run(sites: 1, documents: 160, width: 12) { _, document in
      [("mean", rows[document])]
    }
    let answers = try Self.answers(run, "pooled-adequacy", "pooled-adequacy-curve")
    let row = try #require(
      answers.first { $0.analysis == "pooled-adequacy" && $0.preparation == "centred" })
    #expect(row.note.hasPrefix("160 documents give ") && row.n == 160 && row.level == 0.95)
    let curve = answers.filter {
      $0.analysis == "pooled-adequacy-curve" && $0.preparation == "centred"
    }.sorted { ($0.n ?? 0) < ($1.n ?? 0) }
    #expect(curve.map(\.n) == [20, 40, 80, 160])
    let values = curve.compactMap(\.estimate)
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 < $1 }, "it rises with documents")
    #expect(curve[3].estimate == row.estimate && curve[3].low == nil && curve[0].low != nil)
    let few = try PooledRuns.run(sites: 1, documents: 10, width: 12) { _, document in
      [("mean", rows[document])]
    }
    let missing = try Self.answers(few, "pooled-adequacy", "pooled-adequacy-curve")
    #expect(missing.count == 2 && missing[0].note.hasPrefix("fewer than 16 documents"))
  }

  @Test("hostile kinds and shapes are refused by a note or left out")
  func hostile() throws {
    let run = try PooledRuns.run(sites: 1, documents: 3, width: 2) { _, document in
      let huge = Float.greatestFiniteMagnitude
      return [
        ("at.0", [1]), ("at.-3", [1]), ("at.04", [1]), ("at.9999999999999999999999", [1]),
        ("view.1", [1, Float(document)]), ("view.2", [1, 2, Float(document)]),
        ("mean", [huge, huge / 4 * Float(document)]), ("last", [Float(document)]),
      ]
    }
    let rows = try Self.answers(run)
    #expect(!rows.contains { $0.position != nil })
    let views = rows.filter { $0.analysis == "views" }
    #expect(views.count == 3 && views.allSatisfy { $0.note == "the two views have unlike widths" })
    for row in rows {
      #expect(row.estimate?.isFinite != false && (row.estimate != nil || !row.note.isEmpty))
    }
    let last = try #require(rows.first { $0.analysis == "pooled-last" })
    #expect(last.estimate == nil && last.note.hasPrefix("too few documents for this measure"))
  }
}
