// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathMeasure
import IsobathStatistics
import IsobathTestSupport
import Testing

/// What many choices of documents share, against each choice prepared by itself.
@Suite struct PooledGramTests {
  private static let shapes: [(String, PooledSamples)] = [
    ("N < d", PooledSamples(documents: 40, width: 64)),
    ("N = d", PooledSamples(documents: 64, width: 64, offset: 20)),
    ("N > d", PooledSamples(documents: 150, width: 24, offset: 20)),
    ("N > d, halves below", PooledSamples(documents: 60, width: 40, decay: 3)),
    ("one long row", PooledSamples(documents: 50, width: 80, long: [7: 1e4])),
    ("one long row, N > d", PooledSamples(documents: 90, width: 30, long: [7: 1e4])),
  ]

  private static func choices(_ n: Int) -> [[Int]] {
    let stream = RandomStream(seed: 3, purpose: "choices")
    var order = Array(0..<n)
    stream.shuffle(&order)
    return [
      Array(0..<n), order[..<(n / 2)].sorted(), order[(n / 2)...].sorted(),
      (0..<n).filter { !(4..<9).contains($0) }, (0..<n).filter { $0 % 10 != 0 }, [1, 3],
    ]
  }

  @Test("the shared route gives the spectra of each choice alone", arguments: shapes.indices)
  func againstEachAlone(_ index: Int) throws {
    let (name, shape) = Self.shapes[index]
    let rows = shape.rows(seed: 1)
    let shared = try PooledGram(PooledStates(rows))
    var alone = PooledRows(width: shape.width)
    for row in rows { alone.add(row.map { Double($0) }) }
    let worst = WorstError("shared Gram, \(name)", tolerance: Tolerances.sharedGram)
    for preparation in Preparation.all where preparation.mask == .all {
      for choice in Self.choices(shape.documents) {
        let found = try shared.spectrum(preparation, documents: choice)
        let known = try alone.spectrum(preparation, documents: choice)
        #expect(found.tokens == known.tokens && found.width == known.width)
        let entropy = VonNeumannEntropy()
        worst.record(
          (entropy(found) ?? .nan) - (entropy(known) ?? .nan),
          at: "\(preparation.id), \(choice.count) documents")
        for (a, b) in zip(found.eigenvalues, known.eigenvalues) {
          worst.record(a - b, at: "\(preparation.id) eigenvalue, \(choice.count) documents")
        }
      }
    }
    worst.check()
  }

  @Test func noSpectrumHasItsReason() throws {
    let equal = try PooledGram(PooledStates([[Float]](repeating: [1, 2, 3], count: 4)))
    #expect(throws: MissingReason.allEqual) { try equal.spectrum(.paper) }
    #expect(throws: MissingReason.oneToken) { try equal.spectrum(.paper, documents: [2]) }
    #expect(throws: MissingReason.noTokens) { try equal.spectrum(.paper, documents: []) }
    #expect(throws: MissingReason.tooFew) { try equal.participationRatio(documents: [0, 1, 2]) }
    #expect(throws: MissingReason.tooFew) { try equal.participationRatio() }
    let none = try PooledGram(PooledStates([]))
    #expect(throws: MissingReason.noTokens) { try none.spectrum(.paper) }
    #expect(throws: MissingReason.notFinite) {
      try PooledGram(PooledStates([[.infinity, 1], [1, 2]]))
    }
  }

  /// Every four different documents, one after the other.
  private func bruteForce(_ rows: [[Float]]) -> Double {
    let x = rows.map { $0.map { Double($0) } }
    func product(_ i: Int, _ j: Int, _ k: Int, _ l: Int) -> Double {
      x[0].indices.reduce(0) { $0 + (x[i][$1] - x[j][$1]) * (x[k][$1] - x[l][$1]) }
    }
    var (traces, squares) = (0.0, 0.0)
    for i in x.indices {
      for j in x.indices where j != i {
        for k in x.indices where k != i && k != j {
          for l in x.indices where l != i && l != j && l != k {
            traces += product(i, j, i, j) * product(k, l, k, l)
            squares += product(i, j, k, l) * product(i, j, k, l)
          }
        }
      }
    }
    return traces / squares
  }

  @Test func theUnbiasedRatioIsTheMeanOverFourDifferentDocuments() throws {
    let worst = WorstError("participation ratio", tolerance: Tolerances.sharedGram)
    for (documents, width) in [(9, 20), (9, 4), (12, 12)] {
      let shape = PooledSamples(documents: documents, width: width, decay: 0.5, offset: 3)
      let rows = shape.rows(seed: 2)
      let gram = try PooledGram(PooledStates(rows))
      let known = bruteForce(rows)
      worst.record(try gram.participationRatio() / known - 1, at: "\(documents)×\(width)")
      let some = [0, 2, 3, 5, 6, 8]
      let part = bruteForce(some.map { rows[$0] })
      worst.record(
        try gram.participationRatio(documents: some) / part - 1, at: "6 of \(documents)×\(width)")
    }
    worst.check()
  }

  /// In simulation: at 24 rows of 64 columns the plain ratio is a third too low, the other is not.
  @Test func theUnbiasedRatioHasNoBias() throws {
    let shape = PooledSamples(documents: 24, width: 64)
    let stream = RandomStream(seed: 4, purpose: "unbiased ratio")
    var (plain, unbiased) = ([Double](), [Double]())
    for _ in 0..<400 {
      let gram = try PooledGram(PooledStates(shape.rows(stream)))
      unbiased.append(1 / (try gram.participationRatio()))
      let spectrum = try gram.spectrum(Preparation(centring: .tokens, rows: .asTheyAre))
      plain.append(1 / (try #require(ParticipationRatio()(spectrum))))
    }
    // 1/PR, whose mean chance does not push about as it does the ratio's.
    let truth = 1 / shape.participationRatio
    let means = [plain, unbiased].map { $0.reduce(0, +) / Double($0.count) }
    print("1/PR: truth \(truth), plain \(means[0]), unbiased \(means[1])")
    #expect(means[0] > 1.2 * truth)
    let worst = WorstError("unbiased 1/PR, relative", tolerance: Tolerances.simulatedRatio)
    worst.record(means[1] / truth - 1, at: "400 samples")
    worst.check()
  }

  @Test func theOrderOfDocumentsDoesNotMatter() throws {
    let worst = WorstError("permuted documents", tolerance: Tolerances.sharedGram)
    let long = WorstError("permuted, one long row", tolerance: Tolerances.longRow)
    for (name, shape) in Self.shapes {
      var rows = shape.rows(seed: 6)
      let first = try PooledGram(PooledStates(rows))
      RandomStream(seed: 7, purpose: "order").shuffle(&rows)
      let second = try PooledGram(PooledStates(rows))
      for preparation in [Preparation.paper, Preparation(centring: .tokens, rows: .asTheyAre)] {
        let (a, b) = (try first.spectrum(preparation), try second.spectrum(preparation))
        for (x, y) in zip(a.eigenvalues, b.eigenvalues) {
          worst.record(x - y, at: "\(preparation.id)")
        }
      }
      let ratio = try first.participationRatio()
      let error = try second.participationRatio() / ratio - 1
      (shape.long.isEmpty ? worst : long).record(error, at: "ratio, \(name)")
    }
    worst.check()
    long.check()
  }
}
