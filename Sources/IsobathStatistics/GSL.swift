// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL

/// What must have happened before anything of GSL is called.
enum GSL {
  /// GSL's default error handler ends the process; without it errors come back as values.
  static let ready: Void = {
    _ = gsl_set_error_handler_off()
  }()

  /// Φ(x), the standard normal distribution function.
  static func normalProbability(_ x: Double) -> Double {
    _ = ready
    return gsl_cdf_ugaussian_P(x)
  }

  /// Φ⁻¹(p); −∞ at 0 and +∞ at 1.
  static func normalQuantile(_ p: Double) -> Double {
    _ = ready
    return gsl_cdf_ugaussian_Pinv(p)
  }

  /// P(T ≤ t) of Student's law with ν degrees of freedom.
  static func studentProbability(_ t: Double, degrees nu: Double) -> Double {
    _ = ready
    return gsl_cdf_tdist_P(t, nu)
  }

  /// The quantile of Student's law at p; −∞ at 0 and +∞ at 1.
  static func studentQuantile(_ p: Double, degrees nu: Double) -> Double {
    _ = ready
    return gsl_cdf_tdist_Pinv(p, nu)
  }

  /// P(F > f) of Fisher's law with these degrees of freedom.
  static func fisherTail(_ f: Double, degrees first: Double, _ second: Double) -> Double {
    _ = ready
    return gsl_cdf_fdist_Q(f, first, second)
  }
}
