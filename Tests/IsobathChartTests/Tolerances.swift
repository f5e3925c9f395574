// SPDX-License-Identifier: GPL-3.0-or-later

/// How far each compared quantity may be from its witness, and why.
enum Tolerances {
  /// log₁₀ against the system's, relative to the larger of 1 and the value: a few units in the
  /// last place, from the division by ln 10 and the sum. Worst seen 3.8e-16.
  static let logarithm = 1e-15
  /// A simplified line against each point left out, in px: the tolerance it was given, sideways
  /// and, where the line turns back, along it: 0.1·√2. Worst seen 0.106.
  static let simplified = 0.1415
  /// A channel of cividis against its published colours: 1.5 from thirteen stops instead of 256
  /// and 0.5 from rounding. Worst seen 1.
  static let cividis = 2.0
  /// Quantiles against numpy's: the order of a multiplication. Worst seen 3.6e-15.
  static let quantile = 1e-14
  /// The distance between two dots of a swarm against their diameter, relative: the factor by
  /// which touching is told from overlap. Worst seen 0, with a hundredth of a pixel for printing.
  static let swarm = 1e-3
}
