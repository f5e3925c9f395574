// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathStatistics
import IsobathTestSupport
import Testing

/// Curves over layers: their correlation, their lowest rows, and whether there are enough documents.
@Suite struct CurveTests {
  @Test("correlations and their p-values are scipy's and numpy's", arguments: 0..<6)
  func correlation(_ index: Int) throws {
    let expected = try Inference.loaded.get().correlations[index]
    let kind = try #require(CorrelationKind(rawValue: expected.kind))
    let stream = RandomStream(
      seed: 7, purpose: "layers", group: "\(expected.kind)/\(expected.x.count)")
    let found = try #require(
      CurveCorrelation(
        expected.x, expected.y, kind, block: expected.block, count: expected.count,
        stream: stream))
    let worst = WorstError(
      "\(expected.kind) over \(expected.x.count) layers", tolerance: Tolerances.counted)
    worst.record(found.coefficient - expected.coefficient, at: "coefficient")
    worst.record(found.shiftP - expected.shiftP, at: "shift p")
    worst.record(found.blockP - expected.blockP, at: "block p")
    worst.record((found.low ?? .nan) - expected.low, at: "low")
    worst.record((found.high ?? .nan) - expected.high, at: "high")
    worst.check()
  }

  @Test func correlationNeedsCurves() {
    let stream = RandomStream(seed: 1, purpose: "test")
    func found(_ x: [Double], _ y: [Double]) -> CurveCorrelation? {
      CurveCorrelation(x, y, .pearson, count: 50, stream: stream)
    }
    #expect(found([1, 2, 3], [3, 1, 2]) == nil)
    #expect(found([1, 2, 3, 5], [2, 2, 2, 2]) == nil)
    #expect(found([1, 2, 3, .nan], [2, 1, 4, 2]) == nil)
    #expect(found([1, 2, 3, 5], [2, 1, 4, 2])?.block == 2)
    let tied = CorrelationKind.spearman([1, 2, 2, 9], [-1, 0, 0, 5]) ?? .nan
    #expect(abs(tied - 1) < Tolerances.counted)
    #expect(CorrelationKind.pearson([1], [2]) == nil)
  }

  /// Pairs of independent smooth curves of 40 layers, x_{l+1} = ρ x_l + noise: taken as 40
  /// independent pairs they seem correlated far too often; moved whole or in blocks they do not.
  @Test func smoothCurvesCorrelateByChance() {
    let stream = RandomStream(seed: 12, purpose: "test", group: "curves")
    func curve() -> [Double] {
      var place = stream.gaussian(sigma: 1.4)
      return (0..<40).map { _ in
        place = 0.7 * place + stream.gaussian()
        return place
      }
    }
    let found = (0..<500).compactMap { _ in
      CurveCorrelation(curve(), curve(), .pearson, count: 199, stream: stream)
    }
    let naive = found.count { abs($0.coefficient) > 0.312 }
    let shift = found.count { $0.shiftP <= 0.05 }
    let block = found.count { $0.blockP <= 0.05 }
    print("of 500 pairs of curves: \(naive) by the t-test, \(shift) by shifts, \(block) by blocks")
    #expect(found.count == 500)
    #expect(naive > 80 && shift < 45 && block < 55)
  }

  @Test func likelyRowsReachTheLevel() throws {
    // Resamples that are lowest at row 0 six times, at row 2 three times and at row 1 once.
    let rows = [[0.0, 5, 5], [5, 5, 0.1], [5, 0, 5]]
    let indices =
      [[Int]](repeating: [0, 0, 0], count: 6) + [[2, 2, 2]]
      + [[Int]](repeating: [1, 1, 1], count: 3)
    let resamples = Resamples(documents: 3, indices: indices)
    let expected = [0.5: [0], 0.6: [0], 0.85: [0, 2], 0.95: [0, 1, 2]]
    for (level, likely) in expected {
      let bootstrap = Bootstrap(units: Units(documents: 3), resamples: resamples, level: level)
      let found = try #require(bootstrap.lowest([rows])[0])
      #expect(found.shares == [0.6, 0.1, 0.3] && found.likely == likely, "level \(level)")
    }
  }

  /// A curve whose rows are the same but for a constant needs no test: only the lowest could be.
  @Test func whatCouldBeLowest() throws {
    let stream = RandomStream(seed: 6, purpose: "test")
    let base = (0..<30).map { _ in stream.gaussian() }
    let bootstrap = Bootstrap(
      units: Units(documents: 30),
      resamples: Resamples(documents: 30, count: 500, stream: stream))
    let shifted = [0.5, 0.2, 0.2, 0.9].map { shift in base.map { $0 + shift } }
    #expect(bootstrap.couldBeLowest(shifted) == [1, 2])
    let other = (0..<30).map { _ in 0.3 + stream.gaussian() }
    let found = try #require(bootstrap.couldBeLowest([base.map { $0 + 50 }, other, base]))
    #expect(found == [1, 2])
    #expect(bootstrap.couldBeLowest([base]) == [0])
    #expect(
      bootstrap.couldBeLowest([]) == nil
        && bootstrap.couldBeLowest([[Double.nan] + base.dropFirst()]) == nil)
  }

  @Test func adequacyIsNumpys() throws {
    let expected = try Inference.loaded.get().adequacy
    let stream = RandomStream(seed: 7, purpose: "adequacy", group: "test")
    let found = try #require(
      SampleAdequacy.fit(documents: 90, stream: stream) {
        Inference.logVariance(expected.values, of: $0)
      })
    let worst = WorstError("adequacy", tolerance: Tolerances.jackknife)
    worst.record(found.limit - expected.limit, at: "limit")
    worst.record((found.slope - expected.slope) / expected.slope, at: "slope")
    worst.record(found.scale - expected.scale, at: "scale")
    worst.record(found.halfWidth(documents: 90) - expected.halfWidth, at: "half-width")
    worst.check()
    print(found)
  }

  /// 3 − 7/N lies on the line; a mean has no bias and varies by s/√n.
  @Test func theTwoLawsAreFound() throws {
    let stream = RandomStream(seed: 2, purpose: "adequacy")
    let line = try #require(
      SampleAdequacy.fit(documents: 64, stream: stream) { 3 - 7 / Double($0.count) })
    let worst = WorstError("3 − 7/N", tolerance: Tolerances.jackknife)
    worst.record(line.limit - 3, at: "limit")
    worst.record(line.bias(documents: 64) + 7.0 / 64, at: "bias")
    worst.record(line.misfit, at: "misfit")
    worst.record(line.scale, at: "scale")
    worst.check()
    let values = (0..<400).map { _ in 4 + stream.gaussian(sigma: 0.5) }
    let plain = try #require(
      SampleAdequacy.fit(documents: 400, subsamples: 200, stream: stream) { items in
        mean(items.map { values[$0] })
      })
    // 597 spreads: 5 deviations of σ are 5/√1194 = 14 %, and s itself is off by 5/√800 = 18 %.
    #expect(abs(plain.scale / 0.5 - 1) < 0.25)
    #expect(plain.documents(forHalfWidth: plain.halfWidth(documents: 400) / 2) == 1600)
    #expect(plain.documents(forHalfWidth: 0) == nil)
    #expect(SampleAdequacy.fit(documents: 15, stream: stream) { _ in 1 } == nil)
    #expect(SampleAdequacy.fit(documents: 20, stream: stream) { _ in .nan } == nil)
    #expect(
      plain.description.hasPrefix("400 documents give ")
        && plain.description.contains("; ± ") && plain.description.hasSuffix(" takes 1600"))
  }
}
