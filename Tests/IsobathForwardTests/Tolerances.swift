// SPDX-License-Identifier: GPL-3.0-or-later

/// How far states may be from the reference's, and why.
enum Tolerance {
  /// Tiny checkpoints, float32 on both sides: sums in another order. Relative to the site's largest
  /// value; the worst seen is 2.0e-6.
  static let tinyStates = 5e-6
}
