// SPDX-License-Identifier: GPL-3.0-or-later

/// How far float32 kernels and float64 algebra may be from their witnesses, and why.
enum Tolerance {
  /// `cap · tanh(x / cap)`: a quotient and an exponential in float32.
  static let softcap = 5e-7

  /// sgemm against float64 sums of up to 600 products of numbers below 1: √600 · 2⁻²⁴ · 2 and room.
  /// Worst seen 8.1e-6.
  static let product = 1e-5
  /// The exponential, relative: degree-7 polynomial plus a few roundings; worst seen 7.4e-8.
  static let exponential = 3e-7
  /// GELU by erfc, absolute, for |x| ≤ 12: the fit's 1.2e-7 of erfc and the exponential's error,
  /// times |x|; worst seen 3.9e-7.
  static let geluErf = 1e-6
  /// tanh-GELU, quick GELU and SiLU, absolute, for |x| ≤ 12: two roundings near 12, where one unit in the last
  /// place is 9.5e-7; worst seen 1.2e-6.
  static let sigmoidal = 2e-6
  /// Norms: one float32 rounding or two of numbers near 1; worst seen 2.9e-7.
  static let norms = 1e-6
  /// Softmax sums and values, float32; worst seen 8.9e-8.
  static let softmax = 1e-6
  /// Logarithms of sums of exponentials, and entropies up to 7 nats, absolute: the exponential's relative
  /// error, of one sign in no two terms, and float32 differences; worst seen 5.0e-9.
  static let exponentialSums = 1e-7
  /// Eigenvalues relative to the largest, float64; worst seen 5.6e-16.
  static let eigenvalues = 1e-13
}
