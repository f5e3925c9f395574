// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathStatistics
import IsobathTestSupport
import Testing

/// How often a 95 % interval holds the truth, against how often scipy's does.
@Suite struct CoverageTests {
  private static let repetitions = 2000

  @Test("BCa covers as often as scipy's", arguments: 0..<9)
  func coverage(_ index: Int) throws {
    let expected = try Reference.loaded.get().coverage[index]
    let stream = RandomStream(
      seed: 2024, purpose: "coverage", group: "\(expected.name)/\(expected.n)")
    let samples = (0..<Self.repetitions).map { _ in
      (0..<expected.n).map { _ in Self.draw(expected.name, stream) }
    }
    let truth = ["normal": 0, "gamma": 2, "lognormal": exp(0.5)][expected.name]
    let mean = try #require(truth)
    let bootstrap = Bootstrap(
      units: Units(documents: expected.n),
      resamples: Resamples(documents: expected.n, count: 2000, stream: stream))
    let held = bootstrap.means(samples).count { interval in
      guard let low = interval.low, let high = interval.high else { return false }
      return low <= mean && mean <= high
    }
    let coverage = Double(held) / Double(Self.repetitions)
    print("\(expected.name) n=\(expected.n): covered \(coverage), scipy \(expected.coverage)")
    let tolerance = Tolerances.coverage(
      expected.coverage, Self.repetitions, expected.repetitions)
    let worst = WorstError("coverage of \(expected.name)/\(expected.n)", tolerance: tolerance)
    worst.record(coverage - expected.coverage, at: "level 0.95")
    worst.check()
  }

  /// N(0, 1), Γ(2, 1) as the sum of two exponentials, or exp(N(0, 1)).
  private static func draw(_ law: String, _ stream: RandomStream) -> Double {
    switch law {
    case "normal": stream.gaussian()
    case "gamma": -log(1 - stream.uniform()) - log(1 - stream.uniform())
    default: exp(stream.gaussian())
    }
  }

  /// Four tokens that share their document's level: intervals that resample tokens singly are far
  /// too narrow, those that draw documents whole are not.
  @Test func drawingPartsOfADocumentSinglyUndercovers() {
    let stream = RandomStream(seed: 8, purpose: "coverage", group: "clusters")
    let sources = (0..<160).map { "\($0 / 4)" }
    let samples = (0..<1000).map { _ in
      (0..<40).flatMap { _ in
        let level = stream.gaussian()
        return (0..<4).map { _ in level + stream.gaussian(sigma: 0.3) }
      }
    }
    let covered = [Units(sources: sources), Units(documents: 160)].map { units in
      let bootstrap = Bootstrap(
        units: units, resamples: Resamples(documents: units.count, count: 1000, stream: stream))
      let held = bootstrap.means(samples).count { ($0.low ?? 1) <= 0 && 0 <= ($0.high ?? -1) }
      return Double(held) / 1000
    }
    print("drawn whole: covered \(covered[0]); drawn singly: \(covered[1])")
    // 0.95 less BCa's shortfall at 40 units (0.015, as the normal law at 30 to 60 shows) less four
    // deviations √(0.95·0.05/1000) = 0.0069. Drawn singly the interval is √(0.205) of the width
    // it should have: P(|N| < 1.96·0.53) = 0.70.
    #expect(covered[0] > 0.907)
    #expect(covered[1] < 0.76 && covered[1] > 0.62)
  }
}
