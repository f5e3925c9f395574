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
  ///   - ratio: how many times the median magnitude must be reached, the lower one of two.
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
    found.sort {
      (abs($0.value), $1.token, $1.feature) > (abs($1.value), $0.token, $0.feature)
    }
    // Who is massive comes before who is not: the first that is not is found by halving.
    let half = (states.rows * states.columns + 1) / 2
    var (massive, all) = (0, found.count)
    while massive < all {
      let middle = (massive + all) / 2
      if countOfMagnitudes(states, atMost: abs(found[middle].value) / ratio) >= half {
        massive = middle + 1
      } else {
        all = middle
      }
    }
    return Array(found.prefix(massive))
  }
}
