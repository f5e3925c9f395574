// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

extension Double {
  /// The natural logarithm.
  var logarithm: Double { log(self) }
  /// e to this power.
  var exponential: Double { exp(self) }
}
