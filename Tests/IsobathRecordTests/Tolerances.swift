// SPDX-License-Identifier: GPL-3.0-or-later

/// How far numbers may be from their witnesses, and why.
enum Tolerances {
  /// Nats, between an entropy that numpy sums from a store's bytes and the closed form ln n: both sum
  /// at most 64 terms, each rounded at 1e-16. Worst seen: 8.9e-16.
  static let storedEntropy = 1e-14
  /// Means of spectra against the same sums by hand in another order of rounding. Worst seen: 0.
  static let meanSpectrum = 1e-15
}
