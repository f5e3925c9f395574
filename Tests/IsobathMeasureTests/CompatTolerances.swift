// SPDX-License-Identifier: GPL-3.0-or-later

/// How far a repeated code may be from torch with MKL, and why: relative to the value above 1, absolute
/// below.
enum CompatTolerance {
  /// Entropies by a float32 SVD on real states, and their exponentials: the noise of the null
  /// directions, 5e-5 to 3e-4 nats, is repeated, its last digits are the linear algebra's own. MKL by
  /// itself differs by 5e-7 between one thread and two. Worst seen 1.4e-6, of a rank of 61.
  static let realEntropy = 5e-6
  /// The same for each dimension of small documents: float32 leaves up to 2⁻²⁴ of p₁ in a null
  /// direction, and −p ln p of that is 1e-6 nats, of which another order of operations keeps any part.
  /// Worst seen 3.1e-7 (of 64 dimensions, 63 are null).
  static let entropyPerDimension = 1e-6
  /// Singular values in float32, each a rounding of 6e-8 or so of the largest off, as empty
  /// directions beside shares of 10⁻⁷ show; worst seen 2.3e-6.
  static let rankMe = 5e-6
  /// Float64 after a product in float32, whose elements of size 1 are rounded at 6e-8; worst seen
  /// 2.0e-7.
  static let product = 1e-6
  /// Closed forms through a float32 rounding or two.
  static let closedForm = 1e-6
}
