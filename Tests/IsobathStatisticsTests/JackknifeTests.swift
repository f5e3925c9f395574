// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathStatistics
import IsobathTestSupport
import Testing

/// Jackknives and the half-sample correction against numpy.
@Suite struct JackknifeTests {
  @Test("block jackknives are numpy's", arguments: 0..<3)
  func blocks(_ index: Int) throws {
    let reference = try Inference.loaded.get().jackknives
    let expected = reference.cases[index]
    let plan =
      switch expected.name {
      case "each": BlockJackknife(Units(documents: 47))
      case "contiguous": BlockJackknife(contiguous: 47, blocks: 20)
      default:
        BlockJackknife(
          items: 47, blocks: 20, stream: RandomStream(seed: 7, purpose: "blocks", group: "test"))
      }
    #expect(plan.blocks == expected.blocks)
    let found = plan.interval { without in
      Inference.logVariance(reference.values, of: plan.kept(without: without))
    }
    let worst = WorstError("jackknife, \(expected.name)", tolerance: Tolerances.jackknife)
    worst.record((found.estimate ?? .nan) - expected.estimate, at: "estimate")
    worst.record((found.bias ?? .nan) - expected.bias, at: "bias")
    worst.record((found.standardError ?? .nan) - expected.standardError, at: "standard error")
    worst.record((found.low ?? .nan) - expected.low, at: "low")
    worst.record((found.high ?? .nan) - expected.high, at: "high")
    worst.check()
    #expect(found.remark == nil)
  }

  /// Of a mean the jackknife's standard error is s/√n, and there is no bias.
  @Test func theMeanIsKnown() {
    let values = [1.0, 4, 2, 8, 5, 7]
    let plan = BlockJackknife(Units(documents: 6))
    let found = plan.interval { mean(plan.kept(without: $0).map { values[$0] }) }
    let worst = WorstError("jackknife of a mean", tolerance: Tolerances.jackknife)
    worst.record((found.standardError ?? .nan) - (7.5 / 6).squareRoot(), at: "s/√n")
    worst.record(found.bias ?? .nan, at: "bias")
    worst.check()
    #expect(found.note == "fewer than 20 blocks")
  }

  @Test func anotherCentreKeepsTheWidth() throws {
    let plan = BlockJackknife(contiguous: 40)
    let values = (0..<40).map { Double($0 * $0 % 17) }
    let statistic = { (without: Int?) in mean(plan.kept(without: without).map { values[$0] }) }
    let plain = plan.interval(statistic)
    let moved = plan.interval(around: 100, statistic)
    let low = try #require(moved.low)
    let high = try #require(moved.high)
    #expect(moved.estimate == 100 && moved.standardError == plain.standardError)
    #expect(abs((low + high) / 2 - 100) < 1e-12)
  }

  @Test func missingIntervalsSayWhy() {
    let none = BlockJackknife(contiguous: 0).interval { _ in 1 }
    #expect(none.estimate == nil && none.note == "no document has a value")
    let one = BlockJackknife(contiguous: 1).interval { _ in 1 }
    #expect(one.estimate == 1 && one.note == "no interval: one block cannot be left out")
    let flat = BlockJackknife(contiguous: 30).interval { _ in 1 }
    #expect(flat.low == nil && flat.remark == .noSpread(blocks: 30))
    let failing = BlockJackknife(contiguous: 30).interval { $0 == 4 ? .nan : 1 }
    #expect(failing.low == nil && failing.remark == .notFinite(block: 4))
    let nothing = BlockJackknife(contiguous: 30).interval { _ in .infinity }
    #expect(nothing.estimate == nil && nothing.note == "the statistic is not finite")
  }

  @Test func anErrorOfTheStatisticComesBack() {
    struct Broken: Error, Equatable { let block: Int? }
    #expect(throws: Broken(block: 2)) {
      try BlockJackknife(contiguous: 30).interval { (without) throws(Broken) in
        if without == 2 { throw Broken(block: without) }
        return Double(without ?? 0)
      }
    }
  }

  @Test func halvesAreNumpys() throws {
    let expected = try Inference.loaded.get().halfSamples
    let stream = RandomStream(seed: 7, purpose: "halves", group: "test")
    let found = try #require(
      HalfSampleCorrection.of(items: 31, splits: 12, stream: stream) {
        Inference.logVariance(expected.values, of: $0)
      })
    let worst = WorstError("half-sample correction", tolerance: Tolerances.jackknife)
    worst.record(found.plain - expected.plain, at: "plain")
    worst.record(found.halves - expected.halves, at: "halves")
    worst.record(found.corrected - expected.corrected, at: "corrected")
    worst.record(found.splitError - expected.splitError, at: "split error")
    worst.check()
  }

  /// a + b/N is freed of b/N exactly when the halves are equal.
  @Test func aBiasOfOneOverNGoes() throws {
    let stream = RandomStream(seed: 1, purpose: "halves")
    let found = try #require(
      HalfSampleCorrection.of(items: 50, stream: stream) { 3 - 7 / Double($0.count) })
    let worst = WorstError("3 − 7/N at N = 50", tolerance: Tolerances.jackknife)
    worst.record(found.corrected - 3, at: "corrected")
    worst.record(found.splitError, at: "split error")
    worst.check()
    #expect(HalfSampleCorrection.of(items: 1, stream: stream) { _ in 1 } == nil)
    #expect(HalfSampleCorrection.of(items: 9, stream: stream) { _ in .nan } == nil)
  }
}
