// SPDX-License-Identifier: GPL-3.0-or-later

/// At which lengths t the entropy of a document's first t tokens is taken.
package enum PositionPolicy: String, Sendable, CaseIterable {
  /// Every t up to 32, then two per doubling, and the last.
  case log
  /// Every t.
  case all
  /// None.
  case none

  /// The lengths for a document of `tokens` tokens, ascending.
  package func grid(tokens: Int) -> [Int] {
    switch self {
    case .none: return []
    case .all: return tokens > 0 ? Array(1...tokens) : []
    case .log:
      guard tokens > 0 else { return [] }
      return PositionPolicy.grid.prefix { $0 < tokens } + [tokens]
    }
  }

  /// 1…32, then ⌊32 · 2^(k/2)⌉: the same for every document, so that means compare like with like.
  /// The eigenvalues of all of them together cost little more than half of the whole document's.
  private static let grid: [Int] = {
    var lengths = Array(1...31)
    var octave = 32.0
    while octave < 0x1p24 {
      lengths += [1, 2.0.squareRoot()].map { Int((octave * $0).rounded()) }
      octave *= 2
    }
    return lengths
  }()
}
