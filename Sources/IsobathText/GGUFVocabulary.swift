// SPDX-License-Identifier: GPL-3.0-or-later

/// A tokenizer as GGUF metadata has it, handed over as plain values.
///
/// What a file leaves out is as llama.cpp has it. https://github.com/ggml-org/llama.cpp
package struct GGUFVocabulary: Sendable {
  /// `tokenizer.ggml.model`.
  package var model: String
  /// `tokenizer.ggml.pre`: the name of the pre-tokenizer.
  package var pre: String
  package var tokens: [String]
  /// 1 normal, 2 unknown, 3 control, 4 user-defined, 5 unused, 6 byte.
  package var types: [Int] = []
  package var scores: [Double] = []
  package var merges: [String] = []
  package var beginning: Int?
  package var end: Int?
  package var unknown: Int?
  package var separator: Int?
  package var addsBeginning: Bool?
  package var addsEnd: Bool?
  /// `tokenizer.ggml.add_space_prefix`.
  package var addsSpacePrefix: Bool?
  /// `tokenizer.ggml.remove_extra_whitespaces`.
  package var removesExtraSpaces: Bool?
  /// `tokenizer.ggml.precompiled_charsmap`, byte by byte.
  package var charsmap: [Int] = []
  /// `tokenizer.ggml.normalizer.lowercase`.
  package var lowercases: Bool?
  /// `tokenizer.ggml.normalizer.strip_accents`.
  package var stripsAccents: Bool?
  /// `tokenizer.huggingface.json`: where it is there, nothing else counts.
  package var huggingFace: String?
  /// The file, for errors.
  package var path: String

  package init(model: String, pre: String, tokens: [String], path: String) {
    self.model = model
    self.pre = pre
    self.tokens = tokens
    self.path = path
  }

  package func tokenizer() throws(TextError) -> Tokenizer {
    if let huggingFace {
      return try TokenizerFile(text: huggingFace, path: path).tokenizer()
    }
    try check()
    switch model {
    case "gpt2", "gemma4": return try bytePairs()
    case "llama": return try sentencePieces()
    case "t5": return try unigram()
    case "bert": return try wordPieces()
    default:
      throw .unsupported(
        component: "the GGUF tokenizer '\(model)'", supported: "gpt2, gemma4, llama, t5, bert",
        path: path)
    }
  }

  private func check() throws(TextError) {
    guard !tokens.isEmpty, tokens.count < TokenizerFile.idLimit else {
      throw .tokenizer(path: path, what: "\(tokens.count) tokens are no vocabulary")
    }
    guard types.isEmpty || types.count == tokens.count else {
      throw .tokenizer(
        path: path, what: "\(types.count) token types for \(tokens.count) tokens")
    }
    guard scores.isEmpty || scores.count == tokens.count, scores.allSatisfy(\.isFinite) else {
      throw .tokenizer(
        path: path,
        what: "\(scores.count) scores, or one that is no number, for "
          + "\(tokens.count) tokens")
    }
  }

  enum Kind: Int {
    case normal = 1
    case unknown
    case control
    case userDefined
    case unused
    case byte
  }

  func kind(_ id: Int) -> Kind { types.isEmpty ? .normal : Kind(rawValue: types[id]) ?? .normal }

  /// The tokens that are cut out of texts.
  func added() -> [AddedToken] {
    tokens.indices.compactMap { id in
      let isCutOut = [.unknown, .control, .userDefined].contains(kind(id)) && !tokens[id].isEmpty
      guard isCutOut else { return nil }
      return AddedToken(
        id: Int32(id), content: Array(tokens[id].utf8), isSpecial: kind(id) == .control)
    }
  }

  /// The vocabulary, each token spelled as `spell` says.
  func vocabulary(_ spell: (Int, String) -> [UInt8]) -> Vocabulary {
    var vocabulary = Vocabulary(capacity: tokens.count)
    for (id, token) in tokens.enumerated() { vocabulary.insert(spell(id, token), id: Int32(id)) }
    return vocabulary
  }

  func id(_ given: Int?, default usual: Int?, _ name: String) throws(TextError) -> Int32 {
    guard let id = given ?? usual, tokens.indices.contains(id) else {
      throw .tokenizer(path: path, what: "it needs a token for \(name) that it does not name")
    }
    return Int32(id)
  }

  /// What is put around a text, as the file says or else as is usual for its model.
  func template(
    beginning isBeginning: Bool, end isEnd: Bool, usual: (beginning: Int?, end: Int?)
  ) throws(TextError) -> TokenizerParts.Template {
    var template = TokenizerParts.Template()
    if addsBeginning ?? isBeginning {
      template.before = [try id(beginning, default: usual.beginning, "bos")]
    }
    if addsEnd ?? isEnd { template.after = [try id(end, default: usual.end, "eos")] }
    return template
  }
}
