// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord
import Testing

@testable import IsobathAnalysis

/// Correlation of a measure's curve with the entropy's.
@Suite struct CurveLinkTests {
  /// Three documents at 24 depths; the measure is a falling function of the entropy's place.
  private func rows(_ value: (Int, Double) -> Double, measure: String, preparation: String)
    -> [Record]
  {
    (0..<3).flatMap { document in
      (0..<24).map { block in
        let entropy = Double((block * 7) % 24) + 0.1 * Double(document)
        return Record(
          run: "r", document: "d\(document)", site: "residual.\(block)",
          depth: Double(block) / 23, preparation: preparation, measure: measure,
          estimate: value(block, entropy), unit: "1")
      }
    }
  }

  @Test func aFallingFunctionHasMinusOne() throws {
    let entropy = rows({ $1 }, measure: "entropy", preparation: "paper")
    let other = rows({ -$1 * $1 }, measure: "norm-first", preparation: "")
    let flat = rows({ _, _ in 2 }, measure: "sink-count", preparation: "")
    let spectral = rows({ $1 }, measure: "deficit", preparation: "paper")
    let table = try DocumentTable(entropy + other + flat + spectral)
    let found = CurveLink().rows(table, try AnalysisOptions(seed: 1, resamples: 500))
    // A constant has no correlation, and a measure of the spectrum would only say that it is one.
    #expect(found.map(\.measure) == ["norm-first"])
    let row = try #require(found.first)
    #expect(abs((row.estimate ?? 0) + 1) < 1e-12)
    #expect(row.n == 24 && row.site.isEmpty)
    // No other circular shift of this curve reaches it: p is 1/24.
    #expect(row.note.contains("p = 0.042 by circular shifts"))
  }

  @Test func withoutAnEntropyThereIsNoLink() throws {
    let table = try DocumentTable(rows({ $1 }, measure: "norm-first", preparation: ""))
    #expect(CurveLink().rows(table, try AnalysisOptions(seed: 1, resamples: 200)).isEmpty)
  }
}
