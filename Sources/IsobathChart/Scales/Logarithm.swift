// SPDX-License-Identifier: GPL-3.0-or-later

/// log₁₀ of a positive number, from whole powers of two and the series
/// ln m = 2(s + s³/3 + s⁵/5 + …), s = (m − 1)/(m + 1), |s| ≤ 0.172.
///
/// Written out so that a chart's bytes do not depend on a platform's mathematics library; the
/// error is a few units in the last place, far below the hundredth of a pixel that is printed.
func logarithm10(_ x: Double) -> Double {
  precondition(x > 0 && x.isFinite, "the logarithm of \(x)")
  var exponent = Double(x.exponent)
  var significand = x.significand
  if significand > 1.4142135623730951 {
    significand /= 2
    exponent += 1
  }
  let s = (significand - 1) / (significand + 1)
  let square = s * s
  var sum = 0.0
  for k in stride(from: 27, through: 1, by: -2) { sum = sum * square + 1 / Double(k) }
  let ln2 = 0.6931471805599453
  let ln10 = 2.302585092994046
  return (2 * s * sum + exponent * ln2) / ln10
}

/// 10ⁿ; exact for 0 ≤ n ≤ 22, correctly rounded for −22 ≤ n < 0.
func tenTo(_ n: Int) -> Double {
  var power = 1.0
  for _ in 0..<min(abs(n), 400) { power *= 10 }
  return n < 0 ? 1 / power : power
}
