// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathAnalysis
import IsobathRecord
import IsobathTestSupport
import Testing

/// From a stored run to the answers of every analysis.
@Suite struct WholeRunTests {
  /// Twenty documents; ranks 16, 4, 8 and 2 at the four sites, doubled in
  /// every second document; document 19 has no spectrum.
  private static func run() throws -> RunReader {
    try Runs.run(
      (0..<20).map { number in
        let spectra = [16, 4, 8, 2].enumerated().map { site, rank in
          let rank = number % 2 == 0 ? rank : 2 * rank
          return Runs.flat(site, rank: rank, tokens: 50)
        }
        let missing = Runs.sites.indices.map { site in
          SpectrumRow(
            site: site, preparation: "paper", tokens: 1, width: 64,
            eigenvalues: .missing(reason: "one token"))
        }
        let curve = PositionRow(
          site: 0, preparation: "paper", measure: "entropy", order: nil, positions: [2, 3],
          estimates: [log(2.0), log(3.0) + Double(number) / 100])
        return Runs.document(
          number, tokens: 50, number < 19 ? spectra : missing, positions: [curve])
      })
  }

  private static func answers() throws -> [Record] {
    let options = try AnalysisOptions(seed: 3, resamples: 500)
    return analyse(try RunTable(try run()).table(), options)
  }

  @Test func theAnswersAreThoseOfTheRows() throws {
    let run = try Self.run()
    let options = try AnalysisOptions(seed: 3, resamples: 500)
    let rows = try RunTable(run).rows()
    let fromRows = analyse(try DocumentTable(rows, widths: [run.manifest.id: 64]), options)
    #expect(try Self.answers() == fromRows)
    #expect(try Self.answers() == Self.answers())
    #expect(
      Set(fromRows.map(\.analysis))
        == Set(analyses.map(\.id)).subtracting(["curve-correlation"]))
  }

  @Test func theMeanOfRanks() throws {
    let rows = try Self.answers().filter { $0.analysis == "mean" && $0.measure == "entropy" }
    #expect(rows.map(\.site) == ["residual.0", "residual.1", "residual.2", "final-norm"])
    // Ten documents at ln r and nine at ln 2r.
    let worst = WorstError("mean entropies", tolerance: Tolerances.flatSpectrum)
    for (row, rank) in zip(rows, [16.0, 4, 8, 2]) {
      let expected = log(rank) + 9.0 / 19 * log(2)
      worst.record((row.estimate ?? .nan) - expected, at: row.site)
      #expect(row.n == 19 && row.low != nil)
      #expect(row.note == "1 of 20 documents have no value: one token (1)")
    }
    worst.check()
  }

  @Test func theValleyAndWhatItCosts() throws {
    let rows = try Self.answers().filter { $0.measure == "entropy" && $0.position == nil }
    let valley = try #require(rows.first { $0.analysis == "valley" })
    #expect(valley.site == "residual.1" && valley.estimate == 0.5 && valley.low == 0.5)
    let worst = WorstError("contrasts", tolerance: Tolerances.flatSpectrum)
    for (id, expected) in [("fall", -log(4.0)), ("rise", log(2)), ("net-change", -log(2))] {
      let row = try #require(rows.first { $0.analysis == id })
      worst.record((row.estimate ?? .nan) - expected, at: id)
      // Every document falls and rises alike.
      #expect(row.low == nil && row.note.hasPrefix("no interval: all 19 values are equal"))
    }
    worst.check()
  }

  @Test func thePapersAggregates() throws {
    let rows = try Self.answers().filter { $0.site == "residual.1" && $0.position == nil }
    let worst = WorstError("aggregates", tolerance: Tolerances.flatSpectrum)
    let mean = log(4.0) + 9.0 / 19 * log(2)
    let expected = [
      ("paper-a", mean / log(64)), ("paper-b", exp(mean) / 64), ("paper-c", 112.0 / 19 / 64),
    ]
    for (id, value) in expected {
      let row = try #require(rows.first { $0.analysis == id })
      worst.record((row.estimate ?? .nan) - value, at: id)
    }
    worst.check()
  }

  @Test func prefixesHaveTheirOwnAnswers() throws {
    let rows = try Self.answers().filter { $0.position != nil }
    #expect(rows.map(\.analysis) == ["position-mean", "position-mean"])
    #expect(rows.map(\.position) == [2, 3] && rows.map(\.n) == [20, 20])
    #expect(rows[0].note == "no interval: all 20 values are equal")
    let worst = WorstError("prefixes", tolerance: Tolerances.flatSpectrum)
    worst.record((rows[1].estimate ?? .nan) - log(3) - 0.095, at: "position 3")
    worst.check()
  }

  @Test func sourcesOfTheStoreAreResampledWhole() throws {
    let run = try Runs.run(
      (0..<40).map { number in
        Runs.document(
          number, tokens: 50, source: "book \(number / 2)",
          [Runs.flat(0, rank: 2 + number, tokens: 50)])
      })
    let options = try AnalysisOptions(seed: 3, resamples: 500)
    let rows = analyse(try RunTable(run).table(), options)
    let row = try #require(rows.first { $0.analysis == "mean" && $0.measure == "entropy" })
    #expect(row.n == 40 && row.note == "20 sources resampled")
  }
}
