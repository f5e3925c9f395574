// SPDX-License-Identifier: GPL-3.0-or-later

/// How far a number of IsobathAnalysis may be from its witness, and why.
enum Tolerances {
  /// The same few sums of at most some hundred doubles in another order. Worst seen 1.2e-15.
  static let sameSum = 1e-13

  /// Sums of at most 32 equal eigenvalues and of 40 documents against the closed form, relative.
  /// Worst seen 1.4e-15.
  static let flatSpectrum = 1e-13

  /// Spectra, similarities and ratios of a choice of documents, from what all choices share against
  /// each prepared alone: float64 on both sides, in another order. Worst seen 6.3e-15 for spectra,
  /// 3.8e-13 for similarities with a row 1000 times longer than others.
  static let sharedGram = 1e-10

  /// The unbiased participation ratio where one row is 10⁴ times longer than others: the sums that are
  /// subtracted from each other are 10⁸ times their difference. Worst seen 3.7e-8.
  static let longRow = 1e-6

  /// The mean of 400 simulated 1/PR against the truth, relative: three standard errors of it.
  static let simulatedRatio = 0.03
}
