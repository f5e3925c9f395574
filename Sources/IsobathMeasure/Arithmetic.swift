// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

extension Double {
  /// The natural logarithm.
  var logarithm: Double { log(self) }
  /// e to this power.
  var exponential: Double { exp(self) }
}

/// Σ x y.
func dot(_ x: [Double], _ y: [Double]) -> Double {
  x.withUnsafeBufferPointer { x in
    y.withUnsafeBufferPointer { y in x.indices.reduce(0.0) { $0 + x[$1] * y[$1] } }
  }
}
