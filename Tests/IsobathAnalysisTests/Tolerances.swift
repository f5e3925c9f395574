// SPDX-License-Identifier: GPL-3.0-or-later

/// How far a number of IsobathAnalysis may be from its witness, and why.
enum Tolerances {
  /// The same few sums of at most some hundred doubles in another order. Worst seen 4.5e-16.
  static let sameSum = 1e-13
}
