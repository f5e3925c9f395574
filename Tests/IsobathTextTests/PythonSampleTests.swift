// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathJSON
import IsobathTestSupport
import Testing

@testable import IsobathText

/// Samples against those that CPython drew (`Tests/Fixtures/scripts/corpora.py`).
@Suite struct PythonSampleTests {
  private struct Recorded {
    let seed: UInt64
    let population: Int
    let count: Int
    let digest: UInt64
    let shown: [Int]

    init(_ value: JSON) throws {
      seed = try #require(value["seed"]?.string.flatMap { UInt64($0) })
      population = try #require(value["population"]?.int)
      count = try #require(value["count"]?.int)
      digest = try #require(value["digest"]?.string.flatMap { UInt64($0) })
      shown = try #require(value["shown"]).elements.compactMap(\.int)
    }
  }

  @Test func everyRecordedSampleIsDrawnAgain() throws {
    let bytes = Array(try Fixtures.data("corpora/samples.json"))
    let recorded = try JSONDocument(bytes).root.elements.map { try Recorded($0) }
    #expect(recorded.count == 143)
    for one in recorded {
      let sample = CorpusSample(count: one.count, seed: one.seed)
      let drawn = try #require(sample.draw(from: one.population))
      let digest = drawn.reduce(UInt64(0)) { $0 &* 1_000_003 &+ UInt64($1) }
      #expect(digest == one.digest, "seed \(one.seed), \(one.count) of \(one.population)")
      let shown = one.count <= 40 ? drawn : Array(drawn.prefix(5) + drawn.suffix(5))
      #expect(shown == one.shown)
    }
  }

  @Test func noMoreIsDrawnThanThereIs() {
    #expect(CorpusSample(count: 6).draw(from: 5) == nil)
    #expect(CorpusSample(count: 1).draw(from: 0) == nil)
    #expect(CorpusSample(count: 5).draw(from: 5)?.sorted() == Array(0..<5))
  }
}
