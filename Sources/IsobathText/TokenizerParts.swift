// SPDX-License-Identifier: GPL-3.0-or-later

/// What a tokenizer is put together from.
struct TokenizerParts: Sendable {
  var added: [AddedToken] = []
  /// Tokens that are cut out of the normalised text, spelled as they are there.
  var frozen: [AddedToken] = []
  var normalizer: Normalizer?
  var preTokenizer: PreTokenizer?
  var model: TokenModel
  var template = Template()
  var spelling: Spelling

  /// Ids that are put around a text's own.
  struct Template: Sendable {
    var before: [Int32] = []
    var after: [Int32] = []
  }
}
