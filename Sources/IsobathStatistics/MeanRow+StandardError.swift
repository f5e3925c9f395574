// SPDX-License-Identifier: GPL-3.0-or-later

extension MeanRow {
  /// r_u = s_u − mean · n_u: what each unit adds to the mean's deviation, in documents.
  var residuals: [Double] {
    let mean = mean
    guard let sizes else { return sums.map { $0 - mean } }
    return zip(sums, sizes).map { sum, size in sum - mean * size }
  }

  /// se = √(k/(k − 1) Σ r_u²) / Σ n_u over k units: for single documents s/√n, for sources the
  /// linearised variance of a ratio. Cochran 1977, eq. 6.13.
  var standardError: Double {
    let k = Double(sums.count)
    let squares = residuals.reduce(0) { $0 + $1 * $1 }
    return (k / (k - 1) * squares).squareRoot() / (sizes?.reduce(0, +) ?? k)
  }
}

/// The standard error of a function of a mean by the delta method, the slope being that of the
/// secant over one standard error to each side: se_f = |f(m + se) − f(m − se)|/2.
func deltaError(
  _ mean: Double, _ error: Double, through function: (Double) -> Double
) -> Double {
  abs(function(mean + error) - function(mean - error)) / 2
}
