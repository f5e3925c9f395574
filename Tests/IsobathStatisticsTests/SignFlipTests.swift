// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathStatistics
import IsobathTestSupport
import Testing

/// Permutation tests and adjusted p-values against scipy, statsmodels and numpy.
@Suite struct SignFlipTests {
  private static func flips(_ units: Units, threads: Int = 0) -> SignFlips {
    SignFlips(
      units: units,
      stream: RandomStream(seed: 7, purpose: "permutation", group: "test/\(units.count)"),
      threads: threads)
  }

  @Test("p and max-T p are numpy's, p is scipy's", arguments: 0..<4)
  func permutation(_ index: Int) throws {
    let expected = try Inference.loaded.get().permutation[index]
    let flips = Self.flips(Units(documents: expected.units))
    #expect(flips.isExact == (expected.units <= 20))
    let worst = WorstError("sign flips of \(expected.units)", tolerance: Tolerances.counted)
    for (site, test) in flips.test(expected.rows).enumerated() {
      let test = try #require(test)
      worst.record(test.p - expected.p[site], at: "p of \(site)")
      worst.record(test.singleStep - expected.singleStep[site], at: "single step of \(site)")
      worst.record(test.stepDown - expected.stepDown[site], at: "step-down of \(site)")
      if let scipy = expected.scipy { worst.record(test.p - scipy[site], at: "scipy, \(site)") }
      #expect(test.p <= test.stepDown && test.stepDown <= test.singleStep)
      #expect(test.p >= flips.leastP)
    }
    worst.check()
  }

  @Test("no p depends on the threads", arguments: [1, 3])
  func threads(_ threads: Int) {
    let stream = RandomStream(seed: 3, purpose: "test")
    let rows = (0..<20).map { _ in (0..<30).map { _ in 0.3 + stream.gaussian() } }
    let units = Units(documents: 30)
    #expect(Self.flips(units, threads: threads).test(rows) == Self.flips(units).test(rows))
  }

  /// Documents of a source flip together: as if each source were one document of their sum.
  @Test func sourcesFlipWhole() {
    let values = [0.3, -0.1, 0.5, 0.2, 0.4, 0.9, -0.2, 0.1]
    let sources = Units(sources: ["a", "a", "b", "b", "b", "c", "d", "e"])
    let sums = [0.2, 1.1, 0.9, -0.2, 0.1]
    let whole = Self.flips(sources).test([values])
    #expect(whole == Self.flips(Units(documents: 5)).test([sums]))
  }

  @Test func whatCannotBeTestedIsLeftOut() throws {
    let flips = Self.flips(Units(documents: 6))
    let good = [1.0, 2, 1.5, 0.5, 3, 2]
    let bad = [1.0, .nan, 1.5, 0.5, 3, 2]
    let tests = flips.test([bad, good, [0, 0, 0, 0, 0, 0]])
    #expect(tests[0] == nil)
    // All of one sign: only this pattern and its mirror image reach the mean, 2 of 64.
    let found = try #require(tests[1])
    #expect(found.p == 2.0 / 64 && found.p == flips.leastP && found.stepDown == found.p)
    #expect(tests[2]?.p == 1)
    #expect(Self.flips(Units(documents: 0)).test([[]]) == [nil])
    #expect(Self.flips(Units(documents: 1)).test([[5]])[0]?.p == 1)
    #expect(flips.test([]).isEmpty)
  }

  @Test("adjusted p-values are statsmodels'", arguments: FalseDiscovery.allCases)
  func discoveries(_ procedure: FalseDiscovery) throws {
    let expected = try Inference.loaded.get().discoveries
    let theirs =
      switch procedure {
      case .benjaminiHochberg: expected.benjaminiHochberg
      case .benjaminiYekutieli: expected.benjaminiYekutieli
      }
    let worst = WorstError(procedure.rawValue, tolerance: Tolerances.counted)
    for (site, p) in procedure.adjusted(expected.p).enumerated() {
      worst.record(p - theirs[site], at: "p of \(site)")
    }
    worst.check()
    #expect(procedure.adjusted([]).isEmpty && procedure.adjusted([0.3]) == [0.3])
  }

  @Test("TOST is statsmodels'", arguments: 0..<4)
  func equivalence(_ index: Int) throws {
    let expected = try Inference.loaded.get().equivalence[index]
    let found = Equivalence(
      expected.differences, units: Units(documents: expected.differences.count),
      within: -expected.margin...expected.margin)
    let worst = WorstError("TOST \(index)", tolerance: Tolerances.student)
    worst.record((found.p ?? .nan) - expected.p, at: "p")
    worst.record((found.lowerP ?? .nan) - expected.lowerP, at: "lower p")
    worst.record((found.upperP ?? .nan) - expected.upperP, at: "upper p")
    worst.record((found.low ?? .nan) - expected.low, at: "low")
    worst.record((found.high ?? .nan) - expected.high, at: "high")
    worst.check()
    let inside = expected.low >= -expected.margin && expected.high <= expected.margin
    #expect(found.isShown == inside && found.isShown == (expected.p <= 0.05))
  }

  @Test func equivalenceOfSources() throws {
    let expected = try Inference.loaded.get().clusters
    let found = Equivalence(
      expected.values, units: Units(sources: expected.sources),
      within: expected.margin[0]...expected.margin[1])
    let worst = WorstError("TOST of sources", tolerance: Tolerances.student)
    worst.record((found.standardError ?? .nan) - expected.standardError, at: "standard error")
    worst.record((found.lowerP ?? .nan) - expected.lowerP, at: "lower p")
    worst.record((found.upperP ?? .nan) - expected.upperP, at: "upper p")
    worst.check()
    #expect(found.degrees == 13 && found.remark == .fewUnits(14, .source))
  }

  @Test func equivalenceOfNothingSaysWhy() {
    func remark(_ values: [Double]) -> IntervalRemark? {
      let test = Equivalence(values, units: Units(documents: values.count), within: -1...1)
      #expect(test.p == nil && !test.isShown && test.low == nil)
      return test.remark
    }
    #expect(remark([]) == .noValues)
    #expect(remark([0.5]) == .oneUnit(.document))
    #expect(remark([0.1, .infinity]) == .notFinite(index: 1))
    #expect(remark([0.1, 0.1, 0.1]) == .allEqual(n: 3))
  }
}
