// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathTestSupport
import Testing

@testable import IsobathStatistics

/// Documents whose values follow a law of size: y_i(P) = a·P^(−b)·(1 + u_i) + noise.
private struct SimulatedLadder {
  let sizes = [1e8, 3e8, 1e9, 3e9, 1e10]
  static let b = 0.08
  let rows: [[Double]]

  init(documents: Int, _ stream: RandomStream) {
    let own = (0..<documents).map { _ in 0.2 * stream.gaussian() }
    rows = sizes.map { size in
      own.map { 3 * pow(size / 1e9, -Self.b) * (1 + $0) + 0.1 * stream.gaussian() }
    }
  }
}

@Suite struct SizeLawBootstrapTests {
  private func bootstrap(
    _ documents: Int, count: Int, method: IntervalMethod = .percentile, seed: UInt64 = 1
  ) -> Bootstrap {
    let stream = RandomStream(seed: seed, purpose: "bootstrap", group: "documents")
    return Bootstrap(
      units: Units(documents: documents),
      resamples: Resamples(documents: documents, count: count, stream: stream), method: method,
      threads: 1)
  }

  /// 200 samples of 40 documents: a nominal 95 % interval holds b in 95 % of them, less what forty
  /// documents cost; 0.90 to 0.985 is more than three standard errors to each side of 0.945.
  @Test func intervalsOfTheExponentCover() throws {
    var held = 0
    for sample in 0..<200 {
      let stream = RandomStream(seed: 3, purpose: "coverage", group: String(sample))
      let ladder = SimulatedLadder(documents: 40, stream)
      let law = try #require(
        bootstrap(40, count: 300, seed: UInt64(sample)).sizeLaw(
          ladder.rows, sizes: ladder.sizes, .power
        ) { $0 })
      let (low, high) = (try #require(law.b.low), try #require(law.b.high))
      held += low <= SimulatedLadder.b && SimulatedLadder.b <= high ? 1 : 0
    }
    print("intervals of b that hold it: \(held) of 200")
    #expect((180...197).contains(held))
  }

  /// The whole fit is bootstrapped: the same as fitting every resample by hand.
  @Test func resamplesAreFittedOneByOne() throws {
    let ladder = SimulatedLadder(documents: 12, RandomStream(seed: 5, purpose: "test"))
    let stream = RandomStream(seed: 6, purpose: "test")
    let indices = (0..<99).map { _ in (0..<12).map { _ in stream.integer(below: 12) } }
    let bootstrap = Bootstrap(
      units: Units(documents: 12), resamples: Resamples(documents: 12, indices: indices),
      method: .percentile, level: 0.9)
    let law = try #require(
      bootstrap.sizeLaw(ladder.rows, sizes: ladder.sizes, .power) { $0.map { exp($0) } })
    let fitter = try SizeFitter(sizes: ladder.sizes)
    let exponents = try indices.map { drawn in
      let means = ladder.rows.map { row in drawn.reduce(0) { $0 + row[$1] } / 12 }
      return try fitter.fit(means.map { exp($0) }, .power).b.value
    }
    let sorted = SortedValues(exponents)
    #expect(abs(try #require(law.b.low) - (sorted.quantile(0.05) ?? 0)) < 1e-9)
    #expect(abs(try #require(law.b.high) - (sorted.quantile(0.95) ?? 0)) < 1e-9)
    #expect(law.failed == 0 && law.note.isEmpty)
  }

  @Test func threadsDoNotMatter() throws {
    let ladder = SimulatedLadder(documents: 30, RandomStream(seed: 8, purpose: "test"))
    let laws = [1, 2].map { threads in
      Bootstrap(
        units: Units(documents: 30),
        resamples: Resamples(
          documents: 30, count: 500, stream: RandomStream(seed: 1, purpose: "bootstrap")),
        method: .bca, threads: threads
      ).sizeLaw(ladder.rows, sizes: ladder.sizes, .power) { $0 }
    }
    #expect(laws[0] != nil && laws[0] == laws[1])
    let b = try #require(laws[0]?.b)
    #expect(try #require(b.low) < SimulatedLadder.b && SimulatedLadder.b < #require(b.high))
  }

  /// Sources are drawn whole: two copies of each document tell no more than one.
  @Test func sourcesAreDrawnWhole() throws {
    let ladder = SimulatedLadder(documents: 20, RandomStream(seed: 9, purpose: "test"))
    let plain = try #require(
      bootstrap(20, count: 400).sizeLaw(ladder.rows, sizes: ladder.sizes, .power) { $0 })
    let twice = Bootstrap(
      units: Units(sources: (0..<40).map { "source \($0 / 2)" }),
      resamples: Resamples(
        documents: 20, count: 400,
        stream: RandomStream(seed: 1, purpose: "bootstrap", group: "documents")),
      method: .percentile, threads: 1)
    let doubled = try #require(
      twice.sizeLaw(
        ladder.rows.map { $0.flatMap { [$0, $0] } }, sizes: ladder.sizes, .power
      ) { $0 })
    #expect(abs(try #require(plain.b.low) - #require(doubled.b.low)) < 1e-9)
  }

  @Test func resamplesWithoutAFitAreCounted() throws {
    // One document bends the curve, the others are straight: without it there is no constant.
    let sizes = [1e8, 3e8, 1e9, 3e9, 1e10]
    let rows = sizes.enumerated().map { index, size in
      (0..<20).map { document in
        document == 0 ? 40 * pow(size / 1e8, -1) : 5 - 0.1 * log(size) + 0.001 * Double(document)
      }
    }
    let law = try #require(
      bootstrap(20, count: 500).sizeLaw(rows, sizes: sizes, .shifted) { $0 })
    // (1 − 1/20)²⁰ = 0.36 of the resamples lack it.
    #expect(law.failed > 100 && law.b.low == nil)
    #expect(law.note.hasPrefix("no interval: \(law.failed) of 500 resamples"))
  }

  @Test func oneDocumentHasNoInterval() {
    #expect(
      bootstrap(1, count: 100).sizeLaw(
        [[4], [3], [2], [1.5]], sizes: [1e8, 1e9, 1e10, 1e11], .power
      ) { $0 } == nil)
  }
}

@Suite struct WidthControlTests {
  @Test func aConstantEntropyIsAllDenominator() throws {
    let widths = [768, 1088, 1536, 2048, 5120]
    let control = try #require(
      WidthControl(widths: widths, values: widths.map { 4 / log(Double($0)) }))
    #expect(abs(control.entropy - 4) < 1e-12)
    #expect(abs(control.correlation - 1) < 1e-12 && abs(control.rSquared - 1) < 1e-12)
  }

  /// H = 0.5·ln d: the value is 0.5 at every width, and the denominator explains nothing.
  @Test func aValueThatDoesNotMoveHasNoControl() {
    #expect(WidthControl(widths: [768, 1088, 1536], values: [0.5, 0.5, 0.5]) == nil)
    #expect(WidthControl(widths: [768, 768, 768], values: [0.5, 0.4, 0.3]) == nil)
    #expect(WidthControl(widths: [1, 768, 1088], values: [0.5, 0.4, 0.3]) == nil)
    #expect(WidthControl(widths: [0, 768, 1088], values: [0.5, 0.4, 0.3]) == nil)
    #expect(WidthControl(widths: [512, 768, 1088], values: [0.5, .nan, 0.3]) == nil)
    #expect(WidthControl(widths: [], values: []) == nil)
  }
}
