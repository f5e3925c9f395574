// SPDX-License-Identifier: GPL-3.0-or-later

/// How far states may be from the reference's, and why.
enum Tolerance {
  /// Tiny checkpoints, float32 on both sides: sums in another order. Relative to the site's largest
  /// value; the worst seen is 2.0e-6.
  static let tinyStates = 5e-6
  /// Loss and entropy, in nats, absolute: logits up to 15 are float32 products of states that are off by
  /// a part of `tinyStates`; worst seen 5.9e-6.
  static let lens = 2e-5
  /// The same from equal states: logits in another order of sums, where blocks of the vocabulary are so
  /// narrow that OpenBLAS takes another kernel; worst seen 5.4e-7.
  static let sums = 1e-6
  /// Attention weights, absolute: scores up to 8 that are off by `tinyStates`, in an exponential; worst
  /// seen 2.1e-6.
  static let attention = 5e-6
}
