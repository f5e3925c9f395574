// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathCheckpoint
import IsobathLinear

/// Rotary position embedding: feature pairs of a head turn by `position · frequency`.
/// https://arxiv.org/abs/2104.09864
///
/// Frequencies and angles are float32, as the reference computes them: at position 8000 an angle in
/// float64 would differ from the reference's by 5e-4.
package struct Rotary: Sendable {
  /// One frequency per pair of features, in radians per position.
  package let frequencies: [Float]

  /// Reads `rope_parameters` (transformers 5) or `rope_theta` and `rope_scaling` (before it).
  package init(_ c: ConfigReader, width: Int, default theta: Double = 10_000) throws {
    try c.require("rope_interleaved", equals: false, default: false)
    let nested = try c.nested("rope_parameters")
    let scaling = try nested ?? c.nested("rope_scaling")
    // An older checkpoint keeps the base beside the scaling, a newer one inside.
    let outer = try c.double("rope_theta", default: theta)
    let base = try nested?.double("rope_theta", default: outer) ?? outer
    let plain = (0..<(width / 2)).map { pair in
      1 / Float(pow(base, Double(Float(2 * pair) / Float(width))))
    }
    frequencies = try scaling.map { try RotaryScaling($0)(plain) } ?? plain
  }

  /// Cosines and sines of every angle: one row per position, one column per pair.
  func tables(positions: Int) -> (cosines: Matrix, sines: Matrix) {
    var cosines: [Float] = []
    var sines: [Float] = []
    cosines.reserveCapacity(positions * frequencies.count)
    sines.reserveCapacity(positions * frequencies.count)
    for position in 0..<positions {
      for frequency in frequencies {
        let angle = Double(Float(position) * frequency)
        cosines.append(Float(cos(angle)))
        sines.append(Float(sin(angle)))
      }
    }
    let count = frequencies.count
    return (Matrix(positions, count, cosines), Matrix(positions, count, sines))
  }
}
