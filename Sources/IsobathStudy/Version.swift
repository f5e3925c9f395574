// SPDX-License-Identifier: GPL-3.0-or-later

/// This version of Isobath.
package enum Version {
  package static let current = "0.1.0"
  /// Part of every run's identity: raised when a change moves a stored number.
  static let numbers = "3"
}
