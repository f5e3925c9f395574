// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathAnalysis
import IsobathRecord
import IsobathStatistics
import IsobathTestSupport
import Testing

/// Two runs of known spectra, compared.
@Suite struct ComparisonTests {
  /// At depths 2 to 4 every rank falls, by a factor that depends on the document.
  private static func changed() -> PairedSample {
    PairedSample().tuned { sample in
      sample.rank = { document, depth in
        let rank = 4 + document + depth
        return (2...4).contains(depth) ? max(1, rank / 2) : rank
      }
    }
  }

  @Test func aRunIsItself() throws {
    let comparison = try PairedSample.compare(PairedSample(), PairedSample())
    #expect(comparison.runs.notes.contains { $0.contains("same id") })
    #expect(comparison.ranges.isEmpty)
    let differences = comparison.rows(.difference)
    #expect(differences.count == 7)
    #expect(differences.allSatisfy { $0.estimate == 0 && $0.low == nil && $0.n == 24 })
    #expect(differences.allSatisfy { $0.note.contains("all 24 values are equal") })
    for analysis in [ComparisonAnalysis.p, .adjusted, .discovery] {
      #expect(comparison.rows(analysis).allSatisfy { $0.estimate == 1 })
    }
    #expect(comparison.rows(.ratio).allSatisfy { $0.estimate == 1 })
  }

  @Test func theChangeIsFoundWhereItIs() throws {
    let comparison = try PairedSample.compare(PairedSample(), Self.changed())
    let range = try #require(comparison.ranges.first { $0.measure == "entropy" })
    #expect(range.sites == ["residual.2", "residual.3", "residual.4"])
    #expect(range.estimate < -0.6 && range.p < 0.01)
    #expect(comparison.ranges.filter { $0.measure == "entropy" }.count == 1)
    // Flat spectra: every order sees the same change.
    let orders = comparison.ranges.filter { $0.measure == "renyi-entropy" }
    #expect(orders.map(\.order) == [0.5, 2] && orders.allSatisfy { $0.sites == range.sites })
    let rows = comparison.rows(.range)
    #expect(rows.count == 1 && rows[0].site == range.peak)
    #expect(rows[0].note.contains("residual.2 to residual.4 (3 sites)"))
  }

  @Test func numbersAreTheDocumentsOwn() throws {
    let (base, tuned) = (PairedSample(), Self.changed())
    let comparison = try PairedSample.compare(base, tuned)
    let worst = WorstError("paired differences", tolerance: Tolerances.flatSpectrum)
    for (depth, row) in comparison.rows(.difference).enumerated() {
      let differences = (0..<24).map {
        log(Double(tuned.rank($0, depth))) - log(Double(base.rank($0, depth)))
      }
      let mean = differences.reduce(0, +) / 24
      worst.record((row.estimate ?? .nan) - mean, at: row.site)
      let ratio = comparison.rows(.ratio)[depth]
      worst.record((ratio.estimate ?? .nan) - exp(mean), at: "ratio at \(row.site)")
      guard (2...4).contains(depth) else { continue }
      let squares = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let dz = mean / (squares / 23).squareRoot()
      let effect = comparison.rows(.effect)[depth]
      worst.record(((effect.estimate ?? .nan) - dz) / dz, at: "d_z at \(row.site)")
      let band = comparison.rows(.band)[depth]
      let (low, high) = (try #require(band.low), try #require(band.high))
      #expect(low <= row.low ?? .infinity && high >= row.high ?? -.infinity)
    }
    worst.check()
  }

  @Test func aRangesIntervalIsTheBands() throws {
    let comparison = try PairedSample.compare(PairedSample(), Self.changed())
    let range = try #require(comparison.ranges.first { $0.measure == "entropy" })
    let band = comparison.rows(.band)[2...4]
    let worst = WorstError("range's interval", tolerance: Tolerances.sameSum)
    worst.record((range.low ?? .nan) - band.compactMap(\.low).reduce(0, +) / 3, at: "low")
    worst.record((range.high ?? .nan) - band.compactMap(\.high).reduce(0, +) / 3, at: "high")
    worst.check()
  }

  @Test func equivalenceNeedsItsMargin() throws {
    // Every second document moves by one direction of many: a small change of both signs.
    let tuned = PairedSample().tuned { sample in
      sample.rank = { document, depth in 40 + document + (document % 2 == 0 ? 1 : -1) }
    }
    var base = PairedSample()
    base.rank = { document, _ in 40 + document }
    let wide = try PairedSample.compare(base, tuned)
    #expect(wide.ranges.isEmpty)
    let shown = wide.rows(.equivalent)
    #expect(shown.allSatisfy { $0.note.contains("no change beyond ±0.05 nats") })
    #expect(wide.rows(.equivalentP).allSatisfy { ($0.estimate ?? 1) < 0.05 })
    let narrow = try PairedSample.compare(base, tuned, PairedSample.options(margin: 1e-4))
    #expect(narrow.rows(.equivalent).allSatisfy { $0.note.contains("not shown") })
    #expect(narrow.rows(.equivalent).allSatisfy { $0.level == 0.9 })
  }

  @Test func threadsChangeNothing() throws {
    let runs = [try PairedSample().run(), try Self.changed().run()]
    let rows = try [1, 3].map { threads in
      try Comparison(
        bases: [runs[0]], tuned: runs[1], try PairedSample.options(threads: threads)
      ).rows
    }
    #expect(rows[0] == rows[1] && rows[0] == rows[0].sortedForExport())
  }

  @Test func prefixesAreAFamilyOfTheirOwn() throws {
    let comparison = try PairedSample.compare(PairedSample(), Self.changed())
    let rows = comparison.rows.filter { $0.position != nil && $0.analysis == "difference" }
    #expect(rows.count == 14)
    let p = comparison.rows.filter {
      $0.position != nil && $0.analysis == ComparisonAnalysis.adjusted.id
    }
    for row in p {
      let isChanged =
        row.position == 3 && ["residual.2", "residual.3", "residual.4"].contains(row.site)
      #expect(((row.estimate ?? 1) < 0.05) == isChanged, "\(row.site) at \(row.position ?? 0)")
    }
  }

  @Test func alignmentOfSpaces() throws {
    var base = PairedSample()
    base.noise = 0
    let same = try PairedSample.compare(base, base.tuned { _ in })
    let rows = same.rows(.cka, "debiased-cka")
    #expect(rows.count == 7)
    let worst = WorstError("CKA of a space with itself", tolerance: Tolerances.sameSum)
    for row in rows { worst.record((row.estimate ?? .nan) - 1, at: row.site) }
    worst.check()
    let noisy = try PairedSample.compare(base, base.tuned { $0.noise = 1 })
    let less = noisy.rows(.cka, "debiased-cka").compactMap(\.estimate)
    #expect(less.count == 7 && less.allSatisfy { $0 > 0.1 && $0 < 0.9 })
    #expect(try PairedSample.compare(PairedSample(), Self.changed()).rows(.cka).isEmpty)
  }

  @Test func everyAnswerIsKnown() throws {
    let known = Set(ComparisonAnalysis.allCases.map(\.id))
    let comparison = try PairedSample.compare(
      PairedSample(), Self.changed(), PairedSample.options(kind: .untrained))
    #expect(Set(comparison.rows.map(\.analysis)).isSubset(of: known))
    #expect(known.isDisjoint(with: analyses.map(\.id)))
    for analysis in ComparisonAnalysis.allCases {
      #expect(!analysis.title.isEmpty && analysis.about.hasSuffix("."), "\(analysis.id)")
    }
    for row in comparison.rows {
      #expect(row.document.isEmpty && (row.low == nil) == (row.high == nil))
      #expect(row.estimate?.isFinite ?? !row.note.isEmpty, "\(row)")
    }
  }
}
