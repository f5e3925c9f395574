// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// One feature of one token whose value is out of all proportion.
///
/// Sun et al., arXiv 2402.17762: a magnitude over 100 and about a thousand times the median magnitude
/// of the hidden state, which is all tokens' and features' at one site. They sit in a few features of
/// the first token and of delimiters, hardly depend on the text, and make the sinks of `SinkProfile`.
package struct MassiveActivation: Sendable, Equatable {
  /// The token's position.
  package let token: Int
  package let feature: Int
  package let value: Float

  /// All of them in one document's states at one site, the largest magnitude first.
  ///
  /// - Parameters:
  ///   - states: tokens × width; values that are not finite are no activations.
  ///   - floor: the magnitude that must be exceeded.
  ///   - ratio: how many times the median magnitude must be reached.
  package static func all(
    in states: MatrixView, floor: Float = 100, ratio: Float = 1000
  ) -> [MassiveActivation] {
    var found: [MassiveActivation] = []
    for token in 0..<states.rows {
      let row = states.pointer + token * states.stride
      for feature in 0..<states.columns where abs(row[feature]) > floor && row[feature].isFinite {
        found.append(MassiveActivation(token: token, feature: feature, value: row[feature]))
      }
    }
    // The median is asked for only where something is large, which most sites of most models lack.
    guard !found.isEmpty else { return [] }
    let limit = ratio * Float(medianMagnitude(states))
    return found.filter { abs($0.value) >= limit }.sorted {
      (abs($0.value), $1.token, $1.feature) > (abs($1.value), $0.token, $0.feature)
    }
  }

  /// The median of |x| over all elements, exact: the bits of magnitudes order as the magnitudes do.
  private static func medianMagnitude(_ states: MatrixView) -> Double {
    let count = states.rows * states.columns
    let upper = magnitude(states, rank: count / 2)
    return count % 2 == 1 ? upper : (upper + magnitude(states, rank: count / 2 - 1)) / 2
  }

  /// The magnitude of that rank from below, counted from 0, by two passes over 16 bits each.
  private static func magnitude(_ states: MatrixView, rank: Int) -> Double {
    var rank = rank
    var bits: UInt32 = 0
    for shift in [16, 0] as [UInt32] {
      var counts = [Int](repeating: 0, count: 1 << 16)
      for row in 0..<states.rows {
        let start = states.pointer + row * states.stride
        for column in 0..<states.columns {
          let own = start[column].magnitude.bitPattern
          if shift == 16 || own >> 16 == bits >> 16 { counts[Int(own >> shift & 0xFFFF)] += 1 }
        }
      }
      var bin = 0
      while rank >= counts[bin] {
        rank -= counts[bin]
        bin += 1
      }
      bits |= UInt32(bin) << shift
    }
    return Double(Float(bitPattern: bits))
  }
}
