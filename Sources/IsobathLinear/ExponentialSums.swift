// SPDX-License-Identifier: GPL-3.0-or-later
import CKernels
import Foundation

/// What softmax's logarithm and entropy need of numbers x that are seen in pieces: their largest m,
/// `Σ e^(x−m)` and `Σ (x−m) e^(x−m)`.
///
/// Differences and exponentials are float32, sums float64. Where one is no finite number, the entropy is
/// NaN.
package struct ExponentialSums: Sendable {
  private var largest: Double
  private var sum: Double
  private var weighted: Double

  /// The sums of one piece of a row; at least one number.
  package init(_ x: MatrixView, row: Int) {
    precondition(x.columns > 0 && row >= 0 && row < x.rows, "ExponentialSums: row \(row)")
    (sum, weighted) = (0, 0)
    largest = Double(
      isobath_exponential_sums(x.pointer + row * x.stride, x.columns, &sum, &weighted))
  }

  /// Adds another piece.
  package mutating func add(_ other: ExponentialSums) {
    let most = max(largest, other.largest)
    rescale(to: most)
    var other = other
    other.rescale(to: most)
    sum += other.sum
    weighted += other.weighted
  }

  private mutating func rescale(to most: Double) {
    let shift = largest - most
    let factor = exp(shift)
    weighted = (weighted + shift * sum) * factor
    sum *= factor
    largest = most
  }

  /// `ln Σ eˣ`.
  package var logSum: Double { largest + log(sum) }
  /// The entropy of `softmax(x)`, in nats: `ln Σ e^(x−m) − Σ (x−m) e^(x−m) / Σ e^(x−m)`.
  package var entropy: Double { log(sum) - weighted / sum }
}
