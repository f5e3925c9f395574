// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL

/// Which correlation of two curves.
package enum CorrelationKind: String, Sendable, CaseIterable {
  /// Of the values.
  case pearson
  /// Of their ranks, equal values sharing the mean of their ranks.
  case spearman

  /// Σ (x − x̄)(y − ȳ) / √(Σ (x − x̄)² Σ (y − ȳ)²), of values or of ranks; nil for fewer than two
  /// points or when one curve is constant.
  package func callAsFunction(_ x: [Double], _ y: [Double]) -> Double? {
    precondition(x.count == y.count, "\(x.count) points cannot be correlated with \(y.count)")
    guard let x = standardised(x), let y = standardised(y) else { return nil }
    return Self.product(x, y)
  }

  /// The curve, or its ranks, with mean 0 and sum of squares 1, so that a correlation is a sum of
  /// products; nil when it is constant up to rounding or not finite.
  func standardised(_ values: [Double]) -> [Double]? {
    guard values.count > 1, values.allSatisfy(\.isFinite) else { return nil }
    let values = self == .spearman ? Self.ranks(values) : values
    let mean = values.reduce(0, +) / Double(values.count)
    let centred = values.map { $0 - mean }
    let size = centred.reduce(0) { max($0, abs($1)) }
    guard size > Distribution.rounding * abs(mean) else { return nil }
    let norm = size * centred.reduce(0) { $0 + $1 / size * ($1 / size) }.squareRoot()
    return centred.map { $0 / norm }
  }

  /// Σ xy of standardised curves: between −1 and 1.
  static func product(_ x: [Double], _ y: [Double]) -> Double {
    min(1, max(-1, zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }))
  }

  /// Ranks from 1, the mean of their ranks for equal values.
  private static func ranks(_ values: [Double]) -> [Double] {
    var order = [Int](repeating: 0, count: values.count)
    gsl_sort_index(&order, values, 1, values.count)
    var ranks = values
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for place in start..<end { ranks[order[place]] = Double(start + end + 1) / 2 }
      start = end
    }
    return ranks
  }
}
