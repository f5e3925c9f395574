// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL

/// Standard normal numbers that have addresses: number i of a name is the same whenever, in whatever
/// order and on however many threads it is asked for.
///
/// Number i is Φ⁻¹((⌊z / 2¹²⌋ + ½) / 2⁵²), where z is the i-th output of SplitMix64 started at the
/// digest of (seed, purpose, group) that `StreamSeed` describes: nothing has to be drawn before it,
/// which a stream cannot offer. Sources: Steele, Lea and Flood, OOPSLA 2014; Φ⁻¹ is GSL's, after
/// Wichura, AS 241, 1988.
package struct NormalField: Sendable {
  private let start: UInt64

  /// - Parameters:
  ///   - seed: the run's seed.
  ///   - purpose: what the numbers are for.
  ///   - group: which part of the purpose has them, such as a tensor's name.
  package init(seed: UInt64, purpose: String, group: String = "") {
    _ = GSL.ready
    start = StreamSeed.wide(seed: seed, purpose: purpose, group: group)
  }

  /// Number `index`: at most 8.13 in size, as 2⁵² places on the unit interval go.
  package subscript(index: Int) -> Double {
    let word = StreamSeed.finalised(start &+ UInt64(bitPattern: Int64(index)) &* StreamSeed.step)
    return gsl_cdf_ugaussian_Pinv((Double(word >> 12) + 0.5) * 0x1p-52)
  }

  /// Fills a buffer with the numbers from `first` on.
  package func fill(_ target: UnsafeMutableBufferPointer<Float>, from first: Int) {
    for place in target.indices { target[place] = Float(self[first + place]) }
  }
}
