// SPDX-License-Identifier: GPL-3.0-or-later

/// How far a number of IsobathStatistics may be from its witness, and why.
enum Tolerances {
  /// gaussian() against numpy: both take log and sqrt of the same doubles. Worst seen 0.
  static let gaussian = 1e-14

  /// Ends of intervals on the same resamples as scipy, relative to the estimate: sums in another
  /// order (1e-16) and quantile positions computed another way (1e-12 of a gap of about 1e-3).
  /// Worst seen 1.2e-14.
  static let sameResamples = 1e-12

  /// Ends of intervals on other resamples, in standard errors of the statistic: Monte-Carlo error.
  ///
  /// An end is the quantile at q of B values, whose standard deviation is √(q(1−q)/B)/φ(z_q): at
  /// q = 0.025, 2.67/√B standard errors. BCa adds z₀'s own error, √(¼/B)/φ(0) = 1.25/√B, which
  /// enters the quantile twice: 2.5/√B. In all √(2.67² + 2.5²)/√B = 3.66/√B, and five such
  /// deviations are 18.3/√B. Means of whole numbers lie on a lattice of step 1/n, and a quantile may
  /// fall on the next point. Worst seen 0.091 of 0.183 at B = 10 000 (left-skewed, n = 20).
  static func otherResamples(_ count: Int, latticeStep: Double) -> Double {
    18.3 / Double(count).squareRoot() + latticeStep
  }

  /// Coverage against scipy's, both binomial: four deviations of their difference, and 0.003 for
  /// scipy's fewer resamples (1000; its ends carry 3.66/√1000 = 0.12 standard errors of noise,
  /// which costs half of φ(1.96)·1.96·0.12² ≈ 0.0016 on each side).
  static func coverage(_ p: Double, _ repetitions: Int, _ reference: Int) -> Double {
    let variance = p * (1 - p) * (1 / Double(repetitions) + 1 / Double(reference))
    return 4 * variance.squareRoot() + 0.003
  }

  /// Quantiles of 20 000 uniform or normal draws against the law's own: 4 deviations √(¼/20000).
  static let empiricalLaw = 0.0142

  /// Bootstrap-t ends against numpy on the same resamples: each deviate's standard error is a sum of
  /// squares taken another way, and deviates of 10 to 100 pass its error on. Worst seen
  /// 1.2e-14.
  static let sameDeviates = 1e-12

  /// Jackknife and fitted numbers against numpy: a sum of (g − 1)-fold differences of statistics,
  /// which lose two digits. Worst seen 2.1e-14.
  static let jackknife = 1e-12

  /// p-values are counts, the same ones or not at all, and correlations sums of 33 products; only
  /// the division may differ. Worst seen 3.4e-16.
  static let counted = 1e-12

  /// Student's law by GSL against scipy's: both are iterations that stop at their own precision.
  /// Worst seen 5.6e-17.
  static let student = 1e-13

  /// A simulated share against one that it is to have: four binomial deviations, the share taken
  /// from (k + 1)/(R + 2) so that 0 and 1 have some too.
  static func simulated(_ share: Double, _ replicates: Int) -> Double {
    let count = Double(replicates)
    let p = (share * count + 1) / (count + 2)
    return 4 * (p * (1 - p) / count).squareRoot()
  }

  /// Eigenvalues between 0 and 4 of order 64 by tridiagonalisation: a few dozen roundings of the
  /// largest. Worst seen 8.9e-15.
  static let eigenvalues = 1e-13

  /// Laws of size against scipy's curve_fit, relative: both stop when a step no longer changes the
  /// parameters by more than about 1e-8 of their own error.
  static let sizeLaws = 1e-6

  /// Laws of size without noise, relative: the sum of squares is then rounding alone.
  static let exactSizeLaws = 1e-10
}
