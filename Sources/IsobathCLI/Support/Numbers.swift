// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// Numbers as the command prints them, whatever the locale.
enum Numbers {
  /// A fixed number of decimals, with a point.
  static func fixed(_ value: Double, _ decimals: Int) -> String {
    String(format: "%.\(decimals)f", locale: Locale(identifier: "en_US_POSIX"), value)
  }

  /// `134.5 M`, `6.7 G`.
  static func millions(_ count: Int) -> String {
    switch count {
    case ..<1_000_000: "\(count)"
    case ..<1_000_000_000: fixed(Double(count) / 1e6, 1) + " M"
    default: fixed(Double(count) / 1e9, 2) + " G"
    }
  }

  /// Right-aligned in so many columns.
  static func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
