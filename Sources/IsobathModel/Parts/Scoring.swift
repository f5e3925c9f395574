// SPDX-License-Identifier: GPL-3.0-or-later

/// Which keys a query sees.
package enum Sight: Sendable, Equatable {
  /// Itself and everything before: causal.
  case past
  /// Itself and what stands before it, so many tokens in all: a causal sliding window.
  case window(Int)
  /// The whole document: an encoder.
  case all

  /// The keys of one query among a document's `count` tokens.
  func keys(of query: Int, among count: Int) -> Range<Int> {
    switch self {
    case .past: 0..<(query + 1)
    case .window(let width): max(0, query + 1 - width)..<(query + 1)
    case .all: 0..<count
    }
  }

  /// The keys that any of several queries sees.
  func keys(of queries: Range<Int>, among count: Int) -> Range<Int> {
    let first = keys(of: queries.lowerBound, among: count)
    return first.lowerBound..<keys(of: queries.upperBound - 1, among: count).upperBound
  }
}

/// How the score of a query and a key comes about: `cap tanh((scale q·k + slope j) / cap)` for key j,
/// where a part that is not set is left out.
package struct Scoring: Sendable {
  package var sight: Sight
  /// The factor of the product; nil means 1/√(head width).
  package var scale: Float?
  /// The score that is not exceeded (Gemma 2). https://arxiv.org/abs/2408.00118
  package var cap: Float?
  /// Each head's slope over key positions (ALiBi). https://arxiv.org/abs/2108.12409
  package var slopes: [Float]

  package init(
    _ sight: Sight = .past, scale: Float? = nil, cap: Float? = nil, slopes: [Float] = []
  ) {
    self.sight = sight
    self.scale = scale
    self.cap = cap
    self.slopes = slopes
  }
}
