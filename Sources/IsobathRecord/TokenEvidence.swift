// SPDX-License-Identifier: GPL-3.0-or-later

/// What the model read of one document.
package struct TokenRow: Sendable, Equatable {
  package var ids: [Int32]
  /// Each token as text; a part of a character, shared by several tokens, is U+FFFD.
  package var texts: [String]

  package init(ids: [Int32], texts: [String]) {
    precondition(ids.count == texts.count, "\(ids.count) ids, \(texts.count) texts")
    self.ids = ids
    self.texts = texts
  }
}

/// One feature of one token whose value is out of all proportion.
package struct ActivationRow: Sendable, Equatable {
  package var site: Int
  /// The token's position, from 1.
  package var position: Int
  /// The feature's index, from 0.
  package var feature: Int
  package var value: Double

  package init(site: Int, position: Int, feature: Int, value: Double) {
    self.site = site
    self.position = position
    self.feature = feature
    self.value = value
  }
}

/// The mean and second moment of all tokens of some documents at one site: Σ (x − m)(x − m)ᵀ.
package struct MomentRow: Sendable, Equatable {
  package var site: Int
  /// Which part of the corpus: `documents.count` over `blocks` in order, for the jackknife.
  package var block: Int
  /// n, the tokens.
  package var tokens: Int
  /// m.
  package var mean: [Double]
  /// The lower triangle, row by row.
  package var moment: [Double]

  package init(site: Int, block: Int, tokens: Int, mean: [Double], moment: [Double]) {
    self.site = site
    self.block = block
    self.tokens = tokens
    self.mean = mean
    self.moment = moment
  }
}
