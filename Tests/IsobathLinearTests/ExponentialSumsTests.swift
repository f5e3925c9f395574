// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathLinear
import IsobathTestSupport
import Testing

/// Logarithms of sums and entropies that are folded piece by piece, against float64.
@Suite struct ExponentialSumsTests {
  private func sums(_ values: [Float], pieces: [Range<Int>]) -> ExponentialSums {
    let row = Matrix(1, values.count, values)
    let parts = pieces.map { piece in
      row.withView { ExponentialSums($0.columns(piece), row: 0) }
    }
    return parts.dropFirst().reduce(into: parts[0]) { $0.add($1) }
  }

  private func expected(_ values: [Float]) -> (logSum: Double, entropy: Double) {
    let x = values.map(Double.init)
    let most = x.max() ?? 0
    let sum = x.reduce(0) { $0 + exp($1 - most) }
    let logSum = most + log(sum)
    return (logSum, x.reduce(0) { $0 - exp($1 - logSum) * ($1 - logSum) })
  }

  @Test(arguments: [0.01, 1, 10, 80] as [Float]) func inPieces(_ scale: Float) {
    let worst = WorstError("exponential sums, ± \(scale)", tolerance: Tolerance.exponentialSums)
    for count in [1, 255, 256, 257, 1000] {
      let values = (0..<count).map { scale * Float(sin(Double($0 * $0 + 3 * $0))) }
      let (logSum, entropy) = expected(values)
      for pieces in [[0..<count], [0..<(count / 2), (count / 2)..<count].filter { !$0.isEmpty }] {
        let found = sums(values, pieces: pieces)
        worst.record(found.logSum - logSum, at: "logarithm of \(count)")
        worst.record(found.entropy - entropy, at: "entropy of \(count)")
      }
    }
    worst.check()
  }

  /// One number that outweighs all others, in the first piece or in the last.
  @Test func oneForAll() {
    for place in [0, 9] {
      var values = [Float](repeating: -500, count: 10)
      values[place] = 500
      let found = sums(values, pieces: [0..<5, 5..<10])
      #expect(found.logSum == 500 && found.entropy == 0)
    }
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity]) func notFinite(_ value: Float) {
    for values in [[value, value, 1, 2], [1, 2, value, value]] {
      for pieces in [[0..<4], [0..<2, 2..<4]] {
        #expect(sums(values, pieces: pieces).entropy.isNaN)
      }
    }
  }
}
