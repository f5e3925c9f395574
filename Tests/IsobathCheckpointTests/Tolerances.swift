// SPDX-License-Identifier: GPL-3.0-or-later

/// How far values read from checkpoints may be from the reference's, and why.
enum Tolerance {
  /// Stored numbers stand for exact ones, and every conversion rounds as the reference does: elements
  /// whose bits differ from gguf's (and numpy's) dequantisation. None; the worst seen is 0.
  static let dequantisedBits = 0.0
  /// A checkpoint's bytes are the same bytes in whatever file they stand: bytes that differ from
  /// those of torch's own tensors. None; the worst seen is 0.
  static let storedBytes = 0.0
}
