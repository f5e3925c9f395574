// SPDX-License-Identifier: GPL-3.0-or-later

/// The models that GGUF's names stand for.
extension GGUFVocabulary {
  /// `gpt2`, and `gemma4`, whose merges are of plain text.
  func bytePairs() throws(TextError) -> Tokenizer {
    let name = model == "gemma4" ? "gemma4" : pre
    guard let kind = GGUFPreTokenizer.named(name) else {
      throw .unsupported(
        component: "the pre-tokenizer '\(name)'", supported: GGUFPreTokenizer.supported, path: path)
    }
    var merges = MergeList(capacity: self.merges.count)
    for (index, merge) in self.merges.enumerated() {
      guard merges.append(line: Array(merge.utf8)[...]) else {
        throw .tokenizer(path: path, what: "merge \(index) is not a pair of tokens")
      }
    }
    guard !merges.isEmpty || tokens.count <= 512 else {
      throw .tokenizer(path: path, what: "it has \(tokens.count) tokens and no merges")
    }
    let options = BPE.Options(
      fallsBackToBytes: !kind.isByteLevel, looksUpWhole: kind.looksUpWhole,
      looksUpLineEnds: !kind.isByteLevel)
    let bpe = try BPE(
      vocabulary: vocabulary { _, token in Array(token.utf8) }, merges: merges, options: options,
      path: path)
    var template = try template(beginning: kind.addsBeginning, end: false, usual: (11, 11))
    // llama.cpp adds it whatever the file says: the first files said no by mistake.
    if name == "gemma4" { template.before = [try id(beginning, default: nil, "bos")] }
    let parts = TokenizerParts(
      added: added(), normalizer: kind.isByteLevel ? nil : .sentencePiece(GGUFVocabulary.escaping),
      preTokenizer: try kind.preTokenizer(), model: kind.isByteLevel ? .byteLevel(bpe) : .bpe(bpe),
      template: template,
      spelling: kind.isByteLevel ? .byteAlphabet : .marked(space: SafeCuts.space))
    return try Tokenizer(parts, source: "GGUF metadata (\(name))", path: path)
  }

  /// Spaces written as `▁` and nothing else.
  private static let escaping = SentencePieceSpaces(addsPrefix: false, joinsSpaces: false)

  /// `llama`: SentencePiece's BPE.
  func sentencePieces() throws(TextError) -> Tokenizer {
    let pieces = tokens.indices.map {
      ScoredBPE.Piece(bytes: Array(tokens[$0].utf8)[...], score: scores.isEmpty ? 0 : scores[$0])
    }
    let model = try ScoredBPE(pieces, unknown: nil, fallsBackToBytes: true, path: path)
    let spaces = SentencePieceSpaces(addsPrefix: addsSpacePrefix ?? true, joinsSpaces: false)
    let parts = TokenizerParts(
      added: added(), normalizer: .sentencePiece(spaces), model: .scored(model),
      template: try template(beginning: true, end: false, usual: (1, 2)),
      spelling: .marked(space: SafeCuts.space))
    return try Tokenizer(parts, source: "GGUF metadata", path: path)
  }

  /// `t5`: a unigram model behind SentencePiece's normalizer.
  func unigram() throws(TextError) -> Tokenizer {
    guard !scores.isEmpty else {
      throw .tokenizer(path: path, what: "a unigram model without scores")
    }
    var entries: [(bytes: ArraySlice<UInt8>, score: Double)] = []
    for id in tokens.indices {
      let isText = ![.control, .unknown].contains(kind(id))
      let score = kind(id) == .userDefined ? 0 : scores[id]
      entries.append((isText ? Array(tokens[id].utf8)[...] : [], score))
    }
    let normal = tokens.indices.filter { kind($0) == .normal }.map { scores[$0] }
    let model = try Unigram(
      tokens: entries, unknown: id(unknown, default: 2, "unknown"), fallsBackToBytes: false,
      lowest: normal.min(), path: path)
    var spaces = SentencePieceSpaces(
      addsPrefix: addsSpacePrefix ?? true, joinsSpaces: removesExtraSpaces ?? false)
    if !charsmap.isEmpty {
      spaces.charsmap = try Charsmap(
        charsmap.map { UInt8(truncatingIfNeeded: $0) }, path: path)
    }
    let parts = TokenizerParts(
      added: added(), normalizer: .sentencePiece(spaces), model: .unigram(model),
      template: try template(beginning: false, end: true, usual: (nil, 1)),
      spelling: .marked(space: SafeCuts.space))
    return try Tokenizer(parts, source: "GGUF metadata", path: path)
  }

  /// `bert`: WordPiece; tokens that begin a word are marked with `▁`, the others continue one.
  func wordPieces() throws(TextError) -> Tokenizer {
    let prefix = Array("##".utf8)
    let vocabulary = vocabulary { id, token in
      if token.hasPrefix("\u{2581}") { return Array(token.utf8.dropFirst(3)) }
      let isText = [.normal, .userDefined].contains(kind(id)) && !token.hasPrefix("[")
      return isText ? prefix + token.utf8 : Array(token.utf8)
    }
    let unknown = try id(unknown, default: 100, "unknown")
    let model = try WordPiece(
      vocabulary: vocabulary, prefix: prefix, unknown: tokens[Int(unknown)], longestWord: 100,
      path: path)
    let lowercases = lowercases ?? true
    let cleaning = BertCleaning(
      stripsAccents: stripsAccents ?? lowercases, lowercases: lowercases)
    let parts = TokenizerParts(
      added: added(), normalizer: .bert(cleaning),
      preTokenizer: .sequence([
        .characters(.whitespace, .removed), .characters(.punctuation, .isolated),
      ]), model: .wordPiece(model),
      template: TokenizerParts.Template(
        before: [try id(beginning, default: 101, "bos")],
        after: [try id(separator, default: 102, "separator")]), spelling: .wordPiece(prefix: prefix)
    )
    return try Tokenizer(parts, source: "GGUF metadata", path: path)
  }
}
