// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathStatistics
import IsobathTestSupport
import Testing

@Suite struct BootstrapTests {
  private static func values(_ n: Int, _ group: String = "") -> [Double] {
    let stream = RandomStream(seed: 5, purpose: "test", group: group)
    return (0..<n).map { _ in 4 + stream.gaussian() }
  }

  private static func bootstrap(
    _ n: Int, count: Int = 1000, method: IntervalMethod = .bca, threads: Int = 0
  ) -> Bootstrap {
    let stream = RandomStream(seed: 1, purpose: "bootstrap")
    return Bootstrap(
      units: Units(documents: n),
      resamples: Resamples(documents: n, count: count, stream: stream), method: method,
      threads: threads)
  }

  @Test("no result depends on the threads or on the rows beside it", arguments: [1, 2, 3, 8])
  func threads(_ threads: Int) {
    let rows = (0..<300).map { Self.values(40, "\($0)") }
    let all = Self.bootstrap(40, count: 777).means(rows)
    #expect(Self.bootstrap(40, count: 777, threads: threads).means(rows) == all)
    for row in [0, 15, 16, 255, 256, 299] {
      #expect(Self.bootstrap(40, count: 777, threads: threads).means([rows[row]]) == [all[row]])
    }
  }

  @Test("the fast path is the general one", arguments: [false, true])
  func fastPath(_ bySource: Bool) {
    let values = Self.values(30)
    let units = bySource ? Units(sources: (0..<30).map { "\($0 / 2)" }) : Units(documents: 30)
    let bootstrap = Bootstrap(
      units: units,
      resamples: Resamples(
        documents: units.count, count: 1000, stream: RandomStream(seed: 1, purpose: "test")))
    let pairs = [
      (bootstrap.means([values])[0], bootstrap.statistic(values, mean)),
      (bootstrap.means([values], through: exp)[0], bootstrap.statistic(values) { exp(mean($0)) }),
    ]
    let worst = WorstError("fast path", tolerance: Tolerances.sameResamples)
    for (fast, general) in pairs {
      worst.record((fast.estimate ?? .nan) / (general.estimate ?? .nan) - 1, at: "estimate")
      worst.record((fast.low ?? .nan) / (general.low ?? .nan) - 1, at: "low")
      worst.record((fast.high ?? .nan) / (general.high ?? .nan) - 1, at: "high")
    }
    worst.check()
  }

  @Test("an interval follows a shift and a change of unit", arguments: IntervalMethod.allCases)
  func equivariance(_ method: IntervalMethod) {
    let values = Self.values(25)
    let bootstrap = Self.bootstrap(25, method: method)
    let plain = bootstrap.means([values])[0]
    let moved = bootstrap.means([values.map { 3 * $0 - 5 }])[0]
    #expect(abs((moved.low ?? .nan) - (3 * (plain.low ?? .nan) - 5)) < 1e-12)
    #expect(abs((moved.high ?? .nan) - (3 * (plain.high ?? .nan) - 5)) < 1e-12)
  }

  @Test func aPermutationOfTheSampleTiesWithIt() {
    // Every resample is a permutation: all means tie with the estimate, so z₀ is 0, not ±∞.
    let values = [0.1, 0.2, 0.3, 0.7]
    let indices = [[3, 2, 1, 0], [1, 0, 3, 2], [2, 3, 0, 1]]
    let bootstrap = Bootstrap(
      units: Units(documents: 4), resamples: Resamples(documents: 4, indices: indices))
    let interval = bootstrap.means([values])[0]
    #expect(interval.low == interval.estimate)
    #expect(interval.high == interval.estimate)
  }

  @Test func tiesSurviveAnotherOrder() {
    // Half the documents at one value, half at another, neither a binary fraction: a resample
    // with as many of each ties with the sample whichever documents it drew.
    let values = (0..<40).map { $0 % 2 == 0 ? 0.1 : 0.7 }
    let swapped = (0..<40).map { $0 < 20 ? 0.1 : 0.7 }
    let resamples = Resamples(
      documents: 40, indices: [Array(0..<40), (0..<40).map { $0 % 20 + 20 * ($0 % 2) }])
    for sample in [values, swapped] {
      let interval = Bootstrap(units: Units(documents: 40), resamples: resamples).means([sample])[0]
      #expect(abs((interval.low ?? .nan) - 0.4) < 1e-12)
      #expect(abs((interval.high ?? .nan) - 0.4) < 1e-12)
    }
  }

  @Test func singleDocumentSourcesAreDocuments() {
    let values = Self.values(20)
    let stream = RandomStream(seed: 1, purpose: "bootstrap")
    let units = Units(sources: (0..<20).map { $0 == 3 ? nil : "source \($0)" })
    #expect(units.kind == .document)
    let bySource = Bootstrap(
      units: units, resamples: Resamples(documents: 20, count: 1000, stream: stream))
    #expect(bySource.means([values]) == Self.bootstrap(20).means([values]))
  }
}
