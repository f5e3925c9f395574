// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathStatistics
import IsobathTestSupport
import Testing

@Suite struct RandomStreamTests {
  @Test("first values are numpy's MT19937 under the documented seed", arguments: 0..<5)
  func firstValues(_ index: Int) throws {
    let expected = try Reference.loaded.get().streams[index]
    let words = try expected.make()
    #expect(expected.words.map { _ in words.word() } == expected.words)
    let integers = try expected.make()
    #expect(expected.integers.map { _ in integers.integer(below: 10) } == expected.integers)
    let uniforms = try expected.make()
    #expect(expected.uniforms.map { _ in uniforms.uniform() } == expected.uniforms)
    var shuffled = Array(0..<10)
    try expected.make().shuffle(&shuffled)
    #expect(shuffled == expected.shuffled)
    let worst = WorstError("gaussian", tolerance: Tolerances.gaussian)
    let gaussians = try expected.make()
    for value in expected.gaussians {
      worst.record(gaussians.gaussian() - value, at: expected.testDescription)
    }
    worst.check()
  }

  @Test func namesThatDifferGiveStreamsThatDiffer() {
    let names: [(UInt64, String, String)] = [
      (1, "a", "b"), (2, "a", "b"), (1, "ab", ""), (1, "", "ab"), (1, "b", "a"), (1, "a", "b\0"),
    ]
    let firsts = names.map { name in
      RandomStream(seed: name.0, purpose: name.1, group: name.2).doubleWord()
    }
    #expect(Set(firsts).count == names.count)
  }

  @Test("integers are uniform", arguments: [1, 2, 7, 1000])
  func integersAreUniform(bound: Int) {
    let stream = RandomStream(seed: 3, purpose: "test", group: "\(bound)")
    let draws = 20_000
    var below = [Int](repeating: 0, count: bound)
    for _ in 0..<draws { below[stream.integer(below: bound)] += 1 }
    let worst = WorstError("integers below \(bound)", tolerance: Tolerances.empiricalLaw)
    var soFar = 0
    for (value, count) in below.enumerated() {
      soFar += count
      worst.record(
        Double(soFar) / Double(draws) - Double(value + 1) / Double(bound), at: "\(value)")
    }
    worst.check()
  }

  @Test func gaussiansAreNormal() {
    let stream = RandomStream(seed: 3, purpose: "test", group: "normal")
    let values = SortedValues((0..<20_000).map { _ in stream.gaussian(sigma: 2) })
    // Φ(−1), Φ(0), Φ(2): the share below −2, 0 and 4 when σ = 2.
    let expected = [(0.158655, -2.0), (0.5, 0.0), (0.977250, 4.0)]
    let worst = WorstError("normal quantiles", tolerance: 6 * Tolerances.empiricalLaw)
    for (p, x) in expected { worst.record((values.quantile(p) ?? .nan) - x, at: "p = \(p)") }
    worst.check()
  }

  @Test func shuffleKeepsTheElements() {
    var words = ["a", "b", "c", "d", "e"]
    RandomStream(seed: 9, purpose: "shuffle").shuffle(&words)
    #expect(words.sorted() == ["a", "b", "c", "d", "e"])
    var none: [Int] = []
    RandomStream(seed: 9, purpose: "shuffle").shuffle(&none)
    #expect(none.isEmpty)
  }
}
