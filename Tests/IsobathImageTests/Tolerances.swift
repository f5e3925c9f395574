// SPDX-License-Identifier: GPL-3.0-or-later

/// How far pictures may be from the reference, in 1/255, and why.
enum Tolerances {
  /// libpng's arithmetic is Pillow's: nothing is rounded anew.
  static let png = 0.0
  /// Pillow brings another libjpeg-turbo than the system's; both use the same integer transform.
  static let jpeg = 1.0
  /// Weights and sums are integers.
  static let resized = 0.0
  /// The order and precision of float32 operations are the reference's.
  static let processed = 0.0
}
