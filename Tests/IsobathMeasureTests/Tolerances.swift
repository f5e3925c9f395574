// SPDX-License-Identifier: GPL-3.0-or-later

/// How far measures may be from numpy's, and why.
enum Tolerance {
  /// Entropies of orders 1 and above, in nats: float64 on both sides, Gram against SVD; worst seen
  /// 7.6e-15.
  static let entropies = 1e-8
  /// Order ½ sees eigenvalues near rounding, which the Gram squares; worst seen 1.5e-8.
  static let halfOrder = 1e-6
  /// Prefix entropies in nats, by leading blocks of one Gram; worst seen 8.9e-15.
  static let prefixes = 1e-8
  /// Effective rank of the states, relative: square roots of eigenvalues near rounding; worst seen
  /// 1.4e-7.
  static let effectiveRank = 1e-6
  /// The mean of the tokens' contributions against the entropy, in nats; worst seen
  /// 7.8e-15.
  static let contributions = 1e-12
  /// Companion measures, absolute or relative: float64 on both sides by different
  /// formulas; worst seen 6.2e-10 (LiDAR, whose ridge of 10⁻⁴ magnifies), 6e-13 otherwise.
  static let companions = 1e-9
  /// A central difference of step 10⁻³ against a derivative: its own error is of the order 10⁻⁶.
  static let slope = 1e-5
  /// Closed forms; worst seen 1.8e-15.
  static let closedForm = 1e-12
  /// The null against simulation, in nats: the next term of the Marchenko–Pastur expansion and the
  /// simulation's own error; worst seen 0.0021.
  static let null = 0.0025
  /// Invariance under rotation and scale: float32 states rounded again; worst seen 4.2e-9.
  static let invariance = 1e-5
}
