// SPDX-License-Identifier: GPL-3.0-or-later

/// The distances of each token to its nearest others, equal states counted once.
struct Neighbours {
  /// For each different state, the squared distances to the others, ascending.
  let squares: [[Double]]

  /// - Parameter states: one document's states, as they are.
  init(_ states: Trajectory) {
    let n = states.tokens
    let distances = states.squaredDistances
    // Of equal states the first stands for all: a distance of zero has no ratio.
    let different = (0..<n).filter { i in !(0..<i).contains { distances[i * n + $0] == 0 } }
    squares = different.map { i in
      different.filter { $0 != i }.map { distances[i * n + $0] }.sorted()
    }
  }

  /// ln of the distance to neighbour `farther` over that to neighbour `nearer`, counted from 1, for
  /// each different state.
  func logRatios(nearer: Int, farther: Int) throws(MissingReason) -> [Double] {
    guard squares.count > farther else { throw .tooFew }
    return squares.map { ($0[farther - 1] / $0[nearer - 1]).logarithm / 2 }
  }
}
