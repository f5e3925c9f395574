// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL

/// The values of one statistic over all resamples; its order is spent by asking for quantiles.
struct Distribution {
  private let values: UnsafeMutableBufferPointer<Double>

  init(_ values: UnsafeMutableBufferPointer<Double>) { self.values = values }

  var isFinite: Bool { values.allSatisfy(\.isFinite) }

  var hasNaN: Bool { values.contains(where: \.isNaN) }

  /// The share of values below `point`, a tie counting half.
  ///
  /// A tie is a difference that rounding explains: a resample of the same values in another order
  /// sums to the same number only in exact arithmetic.
  func share(below point: Double) -> Double {
    var size = abs(point)
    for value in values where abs(value) > size { size = abs(value) }
    let rounding = Self.rounding * size
    let (bottom, top) = (point - rounding, point + rounding)
    var below = 0
    var atMost = 0
    for value in values {
      below += value < bottom ? 1 : 0
      atMost += value <= top ? 1 : 0
    }
    return Double(below + atMost) / Double(2 * values.count)
  }

  /// What sums of up to 10⁴ values in another order may differ by, relative to the largest.
  static let rounding = 1e-12

  /// The quantile at p by linear interpolation between order statistics: position (B − 1)·p from
  /// 0 (type 7 of Hyndman & Fan 1996; the default of numpy and scipy). By selection, not sorting.
  func quantile(_ p: Double) -> Double {
    guard let base = values.baseAddress, p.isFinite else { return .nan }
    let position = Double(values.count - 1) * min(max(p, 0), 1)
    let below = Int(position)
    let fraction = position - Double(below)
    let low = gsl_stats_select(base, 1, values.count, below)
    guard fraction > 0, below + 1 < values.count else { return low }
    // After the selection everything behind it is at least as large.
    var high = values[below + 1]
    for value in values[(below + 2)...] where value < high { high = value }
    return (1 - fraction) * low + fraction * high
  }
}
