// SPDX-License-Identifier: GPL-3.0-or-later

/// How much two models differ on the same documents, in three sizes, each with its interval.
package struct PairedEffect: Sendable, Equatable {
  /// mean(first − second), in the values' own unit.
  package let difference: Interval
  /// mean(first) / mean(second); it means something for values that cannot be negative.
  package let ratio: Interval
  /// d_z = mean(difference) / s(difference), s with n − 1: the difference in units of its own
  /// spread over documents. Cohen 1988, §2.3.5.
  package let dz: Interval
}

extension Bootstrap {
  /// The effect sizes of a pair of models at one site, all on the same resamples.
  ///
  /// - Parameters:
  ///   - first: one value per document.
  ///   - second: the other model's values of the same documents, in the same order.
  package func effect(_ first: [Double], _ second: [Double]) -> PairedEffect {
    precondition(
      first.count == second.count, "\(first.count) values cannot be paired with \(second.count)")
    let differences = zip(first, second).map { $0 - $1 }
    let pairs = zip(first, second).map { SIMD2($0, $1) }
    return PairedEffect(
      difference: means([differences])[0],
      ratio: functional(pairs) { pairs in
        let sums = pairs.reduce(SIMD2.zero) { $0 + $1 }
        return sums[0] / sums[1]
      },
      dz: statistic(differences, Self.standardised))
  }

  /// mean / s. NaN for one value, infinite when all are equal: both have no interval.
  private static func standardised(_ values: [Double]) -> Double {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return mean / (squares / (n - 1)).squareRoot()
  }
}
