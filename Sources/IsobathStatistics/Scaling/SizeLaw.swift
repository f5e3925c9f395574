// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// How a value may depend on P, the number of a model's parameters.
package enum SizeLaw: String, Sendable, CaseIterable {
  /// y = a·P^(−b).
  case power
  /// y = a·P^(−b) + c.
  case shifted = "power-plus-constant"

  /// How many numbers are fitted.
  package var parameters: Int { self == .power ? 2 : 3 }

  package var formula: String { self == .power ? "a·P^(−b)" : "a·P^(−b) + c" }

  /// A law is not fitted to fewer sizes.
  package static let fewestSizes = 4
}

/// One fitted number.
package struct FittedParameter: Sendable, Equatable {
  package let value: Double
  /// From the Jacobian: √(s² [(JᵀJ)⁻¹]_kk), s² = RSS/(n − p); nil when n = p.
  package let standardError: Double?
}

/// A law fitted to values by least squares, on the values' own scale.
package struct SizeFit: Sendable, Equatable {
  package let law: SizeLaw
  package let a: FittedParameter
  /// The exponent; negative when values rise with size.
  package let b: FittedParameter
  /// The value at infinite size; nil for a law without.
  package let c: FittedParameter?
  /// The law at each size.
  package let fitted: [Double]
  /// Value less law, at each size.
  package let residuals: [Double]

  /// Σ residual².
  package var residualSum: Double { residuals.reduce(0) { $0 + $1 * $1 } }

  /// 1 − RSS / Σ (y − ȳ)², of the values themselves and not of their logarithms; nil when all are
  /// equal.
  package var rSquared: Double? { SizeFit.rSquared(fitted: fitted, residuals: residuals) }

  /// n ln(RSS/n) + 2k + 2k(k + 1)/(n − k − 1), k = p + 1 for the variance. Hurvich & Tsai, Biometrika
  /// 76 (1989). Nil for so few sizes that it is not defined, and for a perfect fit.
  package var aicc: Double? {
    let n = Double(residuals.count)
    let k = Double(law.parameters + 1)
    let sum = residualSum
    guard n - k - 1 > 0, sum > 0 else { return nil }
    return n * log(sum / n) + 2 * k + 2 * k * (k + 1) / (n - k - 1)
  }

  /// Whether a constant can be told from none: b lies two standard errors or more from 0, at which
  /// the law with a constant is a straight line in ln P, and a and c are without bound.
  package var hasConstant: Bool {
    guard law == .shifted, let error = b.standardError else { return false }
    return abs(b.value) >= 2 * error
  }

  static func rSquared(fitted: [Double], residuals: [Double]) -> Double? {
    let values = zip(fitted, residuals).map { $0 + $1 }
    let mean = values.reduce(0, +) / Double(values.count)
    let total = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let size = values.reduce(0) { max($0, abs($1)) }
    guard total > Double(values.count) * (1e-14 * size) * (1e-14 * size) else { return nil }
    return 1 - residuals.reduce(0) { $0 + $1 * $1 } / total
  }
}

extension SizeFit {
  /// The p-value of the constant c: F = (RSS₀ − RSS)/(RSS/(n − 3)) with 1 and n − 3 degrees of
  /// freedom, approximate as the law is not linear. Nil when the fit is perfect or n = 3.
  ///
  /// - Parameters:
  ///   - shifted: the fit with the constant.
  ///   - power: the fit of the same values without it.
  package static func constantP(_ shifted: SizeFit, without power: SizeFit) -> Double? {
    let freedom = Double(shifted.residuals.count - shifted.law.parameters)
    let sum = shifted.residualSum
    guard freedom > 0, sum > 0 else { return nil }
    return GSL.fisherTail(
      max(0, power.residualSum - sum) / (sum / freedom), degrees: 1, freedom)
  }
}
