// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// Pillow's resampling filters, with its numbers for them. When a picture shrinks, all but `nearest` are
/// stretched so that every pixel counts.
///
/// https://pillow.readthedocs.io/en/stable/handbook/concepts.html#filters
package enum Resampling: Int, Sendable, CaseIterable {
  case nearest = 0
  case lanczos = 1
  case bilinear = 2
  case bicubic = 3
  case box = 4
  case hamming = 5

  /// How far from its middle the filter is not zero, in pixels.
  var support: Double {
    switch self {
    case .nearest, .box: 0.5
    case .bilinear, .hamming: 1
    case .bicubic: 2
    case .lanczos: 3
    }
  }

  /// The filter's value at a distance from its middle; not scaled.
  func weight(_ x: Double) -> Double {
    let distance = abs(x)
    switch self {
    case .nearest, .box: return x > -0.5 && x <= 0.5 ? 1 : 0
    case .bilinear: return distance < 1 ? 1 - distance : 0
    case .hamming:
      if distance == 0 { return 1 }
      guard distance < 1 else { return 0 }
      let angle = distance * Double.pi
      return sin(angle) / angle * (0.54 + 0.46 * cos(angle))
    case .bicubic: return Resampling.cubic(distance)
    case .lanczos: return x >= -3 && x < 3 ? Resampling.sinc(x) * Resampling.sinc(x / 3) : 0
    }
  }

  /// Keys' cubic with a = −1/2.
  private static func cubic(_ x: Double) -> Double {
    let a = -0.5
    if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
    return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0
  }

  private static func sinc(_ x: Double) -> Double {
    if x == 0 { return 1 }
    let angle = x * Double.pi
    return sin(angle) / angle
  }
}
