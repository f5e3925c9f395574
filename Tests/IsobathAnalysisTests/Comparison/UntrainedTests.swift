// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathAnalysis
import IsobathRecord
import IsobathTestSupport
import Testing

/// Diff-eRank, and means that are not paired.
@Suite struct UntrainedTests {
  /// Seeds of flat spectra: rank 30 and 20 + document; trained, 3 + document.
  private static func compared() throws -> Comparison {
    let seeds = [
      PairedSample().tuned { sample in
        sample.model = "seed 1"
        sample.rank = { _, _ in 30 }
      },
      PairedSample().tuned { sample in
        sample.model = "seed 2"
        sample.rank = { document, _ in 20 + document }
      },
    ]
    let trained = PairedSample().tuned { $0.rank = { document, _ in 3 + document } }
    return try Comparison(
      bases: seeds.map { try $0.run() }, tuned: trained.run(),
      PairedSample.options(kind: .untrained))
  }

  @Test func bothForms() throws {
    let comparison = try Self.compared()
    let documents = 0..<24
    let geometric = { (rank: (Int) -> Int) in
      exp(documents.reduce(0) { $0 + log(Double(rank($1))) } / 24)
    }
    let first = (30 + geometric { 20 + $0 }) / 2 - geometric { 3 + $0 }
    let worst = WorstError("Diff-eRank", tolerance: 30 * Tolerances.flatSpectrum)
    let rows = comparison.rows(.diffERank, "effective-rank-covariance")
    #expect(rows.count == 7 && rows.allSatisfy { $0.unit == "dimensions" && $0.low != nil })
    for row in rows { worst.record((row.estimate ?? .nan) - first, at: "(a) at \(row.site)") }
    // Means of ranks: 30 and 31.5 untrained, 14.5 trained.
    for row in comparison.rows(.diffERankB, "effective-rank-covariance") {
      worst.record((row.estimate ?? .nan) - (30 + 31.5) / 2 + 14.5, at: "(b) at \(row.site)")
    }
    worst.check()
    #expect(rows[0].note.contains("2 seeds: "))
  }

  /// The difference of a document is taken to its mean over seeds.
  @Test func seedsAreAveraged() throws {
    let row = try #require(try Self.compared().rows(.difference).first)
    let expected =
      (0..<24).reduce(0.0) { sum, document in
        let untrained = (log(30.0) + log(Double(20 + document))) / 2
        return sum + log(Double(3 + document)) - untrained
      } / 24
    let worst = WorstError("mean over seeds", tolerance: Tolerances.flatSpectrum)
    worst.record((row.estimate ?? .nan) - expected, at: row.site)
    worst.check()
  }

  @Test func unpairedMeansAreNotTested() throws {
    let base = PairedSample()
    let tuned = base.tuned { sample in
      sample.documents = 20
      sample.id = { "other-\($0)" }
      sample.rank = { document, depth in 8 + document + depth }
    }
    let comparison = try PairedSample.compare(
      base, tuned, PairedSample.options(pairing: .unpaired))
    let analyses = Set(comparison.rows.map(\.analysis))
    #expect(analyses == ["difference-unpaired", "mean-base", "mean-tuned"])
    let worst = WorstError("unpaired", tolerance: Tolerances.sameSum)
    let sides = [comparison.rows(.base), comparison.rows(.tuned)]
    for (index, row) in comparison.rows(.unpaired).enumerated() {
      let (b, a) = (sides[0][index], sides[1][index])
      let (x, y) = (try #require(a.estimate), try #require(b.estimate))
      worst.record((row.estimate ?? .nan) - (x - y), at: row.site)
      let down = hypot(x - (try #require(a.low)), try #require(b.high) - y)
      worst.record((row.low ?? .nan) - (x - y - down), at: "low at \(row.site)")
      #expect(a.n == 20 && b.n == 24)
    }
    worst.check()
  }
}
