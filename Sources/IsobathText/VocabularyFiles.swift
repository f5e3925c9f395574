// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

/// Plain vocabulary files, from before `tokenizer.json`, and what stands beside them.
struct VocabularyFiles {
  private let base: String
  private let config: TokenizerConfig

  /// - Parameter base: the folder, with a slash at its end.
  init(_ base: String) throws(TextError) {
    self.base = base
    config = try TokenizerConfig(base)
  }

  /// `vocab.json` and `merges.txt`: byte-level BPE.
  func bytePairs() throws(TextError) -> Tokenizer {
    let path = base + "vocab.json"
    let entries = try TextFile.json(path)
    guard entries.kind == .object, entries.count > 0 else {
      throw .tokenizer(path: path, what: "not an object from tokens to ids")
    }
    let (kind, notes) = try config.tokenizerClass(TokenizerClass.bytePairs)
    let vocabulary = try ModelReader.vocabulary(entries, path)
    let model = try BPE(
      vocabulary: vocabulary, merges: merges(), options: BPE.Options(), path: base + "merges.txt")
    let added = try config.addedTokens(kind, vocabulary)
    let parts = TokenizerParts(
      added: added.tokens, normalizer: kind.composes ? .form(.nfc) : nil,
      preTokenizer: try preTokenizer(kind), model: .byteLevel(model),
      template: try template(kind, added), spelling: .byteAlphabet)
    return try Tokenizer(
      parts, source: "vocab.json and merges.txt (\(kind.name))", notes: notes + added.notes,
      path: path)
  }

  private func preTokenizer(_ kind: TokenizerClass) throws(TextError) -> PreTokenizer {
    let prefixSpace = config.bool("add_prefix_space") ?? false
    let pattern = try Pattern(kind.pattern)
    if kind.pattern == PreTokenizer.gpt2 {
      return .byteLevel(prefixSpace: prefixSpace, pattern, spells: false)
    }
    return .sequence([
      .split(pattern, .isolated, invert: false),
      .byteLevel(prefixSpace: prefixSpace, nil, spells: false),
    ])
  }

  private func merges() throws(TextError) -> MergeList {
    let path = base + "merges.txt"
    let lines = try TextFile.bytes(path).split(separator: 0x0A)
    var merges = MergeList(capacity: lines.count)
    for (index, line) in lines.enumerated() {
      if line.starts(with: Array("#version".utf8)) { continue }
      let line = line.last == 0x0D ? line.dropLast() : line
      if line.isEmpty { continue }
      guard merges.append(line: line) else {
        throw .line(path: path, line: index + 1, what: "not a pair of tokens")
      }
    }
    return merges
  }

  /// `vocab.txt`, one token a line: BERT's WordPiece.
  func wordPieces() throws(TextError) -> Tokenizer {
    let path = base + "vocab.txt"
    let (kind, notes) = try config.tokenizerClass([TokenizerClass.bert])
    let vocabulary = try lines(path)
    let unknown = try config.special(.unk, kind).map { String(decoding: $0.content, as: UTF8.self) }
    let lowercases = config.bool("do_lower_case") ?? true
    let cleaning = BertCleaning(
      partsChinese: config.bool("tokenize_chinese_chars") ?? true,
      stripsAccents: config.bool("strip_accents") ?? lowercases, lowercases: lowercases)
    let prefix = Array("##".utf8)
    let model = try WordPiece(
      vocabulary: vocabulary, prefix: prefix, unknown: unknown ?? "[UNK]", longestWord: 100,
      path: path)
    let added = try config.addedTokens(kind, vocabulary)
    let parts = TokenizerParts(
      added: added.tokens, normalizer: .bert(cleaning),
      preTokenizer: .sequence([
        .characters(.whitespace, .removed), .characters(.punctuation, .isolated),
      ]), model: .wordPiece(model), template: try template(kind, added),
      spelling: .wordPiece(prefix: prefix))
    return try Tokenizer(parts, source: "vocab.txt", notes: notes + added.notes, path: path)
  }

  private func lines(_ path: String) throws(TextError) -> Vocabulary {
    let bytes = try TextFile.bytes(path)
    if UTF8Check.firstError(bytes) != nil {
      throw .tokenizer(path: path, what: "the vocabulary is not UTF-8")
    }
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    guard !lines.isEmpty, lines.count < TokenizerFile.idLimit else {
      throw .tokenizer(path: path, what: "\(lines.count) lines are no vocabulary")
    }
    var vocabulary = Vocabulary(capacity: lines.count)
    for (id, line) in lines.enumerated() {
      vocabulary.insert(line.last == 0x0D ? line.dropLast() : line, id: Int32(id))
    }
    return vocabulary
  }

  /// The tokens around a text.
  private func template(
    _ kind: TokenizerClass, _ added: AddedTokenList
  ) throws(TextError) -> TokenizerParts.Template {
    let always = kind.ends == .always
    let before = always || config.bool("add_bos_token") == true
    let after = always || config.bool("add_eos_token") == true
    let id = { (role: TokenizerClass.SpecialToken) throws(TextError) -> [Int32] in
      guard let token = try config.special(role, kind) else { return [] }
      return added.id(of: token.content).map { [$0] } ?? []
    }
    return TokenizerParts.Template(
      before: before ? try id(always ? .cls : .bos) : [],
      after: after ? try id(always ? .sep : .eos) : [])
  }

  /// `tokenizer.model`: SentencePiece's own file.
  func sentencePieces() throws(TextError) -> Tokenizer {
    let path = base + "tokenizer.model"
    let file = try SentencePieceFile(path)
    var parts = try file.parts()
    let vocabulary = Vocabulary(file.pieces.map(\.bytes))
    var list = AddedTokenList(next: Int32(vocabulary.count), vocabulary)
    for token in config.numbered { list.add(token) }
    parts.added = list.tokens
    let isNamed = config.bool("add_bos_token") != nil || config.bool("add_eos_token") != nil
    let id = { (role: TokenizerClass.SpecialToken, usual: Int) throws(TextError) -> [Int32] in
      let token = try config.special(role, TokenizerClass.sentencePiece)
      if let token, let id = vocabulary.id(token.content) { return [id] }
      return file.pieces.indices.contains(usual) ? [Int32(usual)] : []
    }
    if config.bool("add_bos_token") == true { parts.template.before = try id(.bos, file.beginning) }
    if config.bool("add_eos_token") == true { parts.template.after = try id(.eos, file.end) }
    let note = "no special tokens are put around texts: no tokenizer_config.json says which"
    return try Tokenizer(
      parts, source: "tokenizer.model", notes: list.notes + (isNamed ? [] : [note]), path: path)
  }
}
