// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL

/// Values in ascending order, to read quantiles from.
package struct SortedValues: Sendable {
  private let values: [Double]

  /// - Parameter values: finite; NaN has no place in an order.
  package init(_ values: [Double]) {
    precondition(values.allSatisfy { !$0.isNaN }, "NaN cannot be sorted")
    self.values = values.sorted()
  }

  /// The quantile at p by linear interpolation (type 7 of Hyndman & Fan 1996, as numpy and R
  /// do by default); nil when there are no values.
  package func quantile(_ p: Double) -> Double? {
    precondition(p >= 0 && p <= 1, "a quantile lies between 0 and 1, not at \(p)")
    guard !values.isEmpty else { return nil }
    _ = GSL.ready
    return gsl_stats_quantile_from_sorted_data(values, 1, values.count, p)
  }
}
