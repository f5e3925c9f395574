// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// How much of values that were divided by ln d follows from that denominator alone.
///
/// Two questions. Does the value go with 1/ln d (correlation)? And what does y = h/ln d explain, in
/// which the entropy h is one number for all sizes: a law that knows no model but by its width?
package struct WidthControl: Sendable, Equatable {
  /// Pearson's correlation of the value with 1/ln d.
  package let correlation: Double
  /// h of the least squares y = h/ln d, in nats: Σ yu/Σ u², u = 1/ln d.
  package let entropy: Double
  /// h/ln d at each size.
  package let fitted: [Double]
  /// Value less h/ln d, at each size.
  package let residuals: [Double]
  /// 1 − RSS/Σ (y − ȳ)² of y = h/ln d; it can be negative, as the mean is not among these laws.
  package let rSquared: Double

  /// - Parameters:
  ///   - widths: d of each size, above 1.
  ///   - values: what was divided by ln d.
  /// - Returns: nil when the widths or the values are all equal, a width is below 2, or a value is
  ///   not finite.
  package init?(widths: [Int], values: [Double]) {
    precondition(widths.count == values.count, "\(values.count) values, \(widths.count) widths")
    guard widths.allSatisfy({ $0 > 1 }) else { return nil }
    let inverse = widths.map { 1 / log(Double($0)) }
    guard let correlation = CorrelationKind.pearson(inverse, values) else { return nil }
    let product = zip(values, inverse).reduce(0) { $0 + $1.0 * $1.1 }
    let entropy = product / inverse.reduce(0) { $0 + $1 * $1 }
    let fitted = inverse.map { entropy * $0 }
    let residuals = zip(values, fitted).map { $0 - $1 }
    guard let rSquared = SizeFit.rSquared(fitted: fitted, residuals: residuals) else { return nil }
    self.correlation = correlation
    self.entropy = entropy
    self.fitted = fitted
    self.residuals = residuals
    self.rSquared = rSquared
  }
}
