// SPDX-License-Identifier: GPL-3.0-or-later

/// A statistic freed from the part of its bias that goes with 1/N, by looking at halves.
///
/// When H(N) = H∞ + b/N + …, halves of the sample are off by 2b/N, so that
/// H_c = 2H(N) − mean H(N/2) has lost b. Quenouille 1949; Shao & Tu 1995, §1.3. The entropy of a
/// pooled spectrum is such a statistic: with few rows its small eigenvalues are missing. With the
/// width of a block jackknife, H_c held the truth in 81, 94 and 94 % of simulated samples of 50, 200
/// and 800 rows of 64 columns (`Reports/coverage`), at a level of 0.95.
package struct HalfSampleCorrection: Sendable, Equatable {
  /// H(N), of all items.
  package let plain: Double
  /// The mean of H over the halves.
  package let halves: Double
  /// 2H(N) − mean H(N/2).
  package let corrected: Double
  /// The standard error of `corrected` that comes of looking at some splits only: the splits'
  /// own standard deviation / √splits. It says nothing about other samples.
  package let splitError: Double
  package let splits: Int

  /// Splits the items at random into two halves, `splits` times, and looks at both: their sizes
  /// differ by one when the number of items is odd.
  ///
  /// - Parameters:
  ///   - items: how many there are.
  ///   - splits: more make the correction steadier, at two evaluations each.
  ///   - stream: draws the halves.
  ///   - statistic: the statistic of some items, given by their ascending indices.
  /// - Returns: nil when there are fewer than two items or a value is not finite.
  package static func of<Failure: Error>(
    items: Int, splits: Int = 10, stream: RandomStream,
    _ statistic: (_ items: [Int]) throws(Failure) -> Double
  ) throws(Failure) -> HalfSampleCorrection? {
    precondition(splits > 0, "a half-sample correction needs splits, not \(splits)")
    guard items > 1 else { return nil }
    var order = Array(0..<items)
    let plain = try statistic(order)
    var means: [Double] = []
    for _ in 0..<splits {
      stream.shuffle(&order)
      let first = try statistic(order[..<(items / 2)].sorted())
      let second = try statistic(order[(items / 2)...].sorted())
      means.append((first + second) / 2)
    }
    let halves = means.reduce(0, +) / Double(splits)
    let squares = means.reduce(0) { $0 + ($1 - halves) * ($1 - halves) }
    let corrected = 2 * plain - halves
    guard corrected.isFinite else { return nil }
    let spread = splits > 1 ? (squares / Double(splits - 1)).squareRoot() : 0
    return HalfSampleCorrection(
      plain: plain, halves: halves, corrected: corrected,
      splitError: spread / Double(splits).squareRoot(), splits: splits)
  }
}
