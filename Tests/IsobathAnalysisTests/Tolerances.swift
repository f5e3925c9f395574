// SPDX-License-Identifier: GPL-3.0-or-later

/// How far a number of IsobathAnalysis may be from its witness, and why.
enum Tolerances {
  /// The same few sums of at most some hundred doubles in another order. Worst seen 1.2e-15.
  static let sameSum = 1e-13

  /// Sums of at most 32 equal eigenvalues and of 40 documents against the closed form, relative.
  /// Worst seen 1.4e-15.
  static let flatSpectrum = 1e-13
}
