// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

/// Reads `tokenizer.json`. https://huggingface.co/docs/tokenizers
struct TokenizerFile {
  let path: String
  private let root: JSON

  init(_ path: String) throws(TextError) {
    self.path = path
    root = try TextFile.json(path)
  }

  func tokenizer() throws(TextError) -> Tokenizer {
    guard let model = root["model"], model.kind == .object else {
      throw .tokenizer(path: path, what: "no model in it")
    }
    let kind = model["type"]?.string ?? (model["merges"] == nil ? "an unnamed model" : "BPE")
    guard kind == "BPE" else {
      throw .unsupported(component: "the model \(kind)", supported: "byte-level BPE", path: path)
    }
    try checkModel(model)
    let vocabulary = try self.vocabulary(model)
    let added = try addedTokens()
    var tokens: [Int32: [UInt8]] = [:]
    tokens.reserveCapacity(vocabulary.count + added.count)
    for (bytes, id) in vocabulary { tokens[id] = bytes }
    for token in added { tokens[token.id] = token.content }
    return Tokenizer(
      summary: "byte-level BPE of \(tokens.count) tokens from \(fileName)", notes: notes,
      added: added, normalizer: try TokenizerParts(path).normalizer(root["normalizer"]),
      preTokenizer: try TokenizerParts(path).preTokenizer(root["pre_tokenizer"]),
      model: try BPE(
        vocabulary: vocabulary, merges: merges(model),
        looksUpWhole: model["ignore_merges"]?.bool ?? false, path: path),
      template: try TokenizerParts(path).template(root["post_processor"]), tokens: tokens)
  }

  private var fileName: String { String(path.split(separator: "/").last ?? "") }

  /// Settings that other users of the file apply and a survey must not.
  private var notes: [String] {
    ["truncation", "padding"].filter { root[$0]?.kind == .object }.map {
      "the file's \($0) is not applied"
    }
  }

  private func checkModel(_ model: JSON) throws(TextError) {
    let refused: [(String, (JSON) -> Bool)] = [
      ("dropout", { !$0.isNull && $0.double != 0 }), ("byte_fallback", { $0.bool == true }),
      ("continuing_subword_prefix", { !($0.string ?? "").isEmpty }),
      ("end_of_word_suffix", { !($0.string ?? "").isEmpty }),
    ]
    for (key, isUsed) in refused {
      if let value = model[key], isUsed(value) {
        throw .unsupported(component: "BPE with \(key)", supported: "byte-level BPE", path: path)
      }
    }
  }

  private func vocabulary(_ model: JSON) throws(TextError) -> [[UInt8]: Int32] {
    guard let entries = model["vocab"], entries.kind == .object, entries.count > 0 else {
      throw .tokenizer(path: path, what: "the model has no vocabulary")
    }
    return try TokenizerFile.vocabulary(entries, path)
  }

  /// Token → id, tokens spelled in the byte alphabet; another spelling is an added token's.
  static func vocabulary(_ entries: JSON, _ path: String) throws(TextError) -> [[UInt8]: Int32] {
    var vocabulary: [[UInt8]: Int32] = [:]
    vocabulary.reserveCapacity(entries.count)
    var seen = Set<Int>()
    seen.reserveCapacity(entries.count)
    try entries.forEachMember { key, value throws(TextError) in
      let shown = String(decoding: key.prefix(40), as: UTF8.self)
      guard let id = value.int, id >= 0, id < 1 << 24 else {
        throw .tokenizer(path: path, what: "token '\(shown)' has no valid id")
      }
      guard seen.insert(id).inserted else {
        throw .tokenizer(path: path, what: "id \(id) belongs to two tokens, one of them '\(shown)'")
      }
      vocabulary[ByteAlphabet.decode(key) ?? key] = Int32(id)
    }
    return vocabulary
  }

  /// Merges as "a b" or ["a", "b"].
  private func merges(_ model: JSON) throws(TextError) -> [([UInt8], [UInt8])] {
    guard let list = model["merges"], list.kind == .array else {
      throw .tokenizer(path: path, what: "the model has no merges")
    }
    var merges: [([UInt8], [UInt8])] = []
    merges.reserveCapacity(list.count)
    for (index, entry) in list.elements.enumerated() {
      let parts: [[UInt8]]
      if let text = entry.bytes {
        parts = text.split(separator: 0x20, omittingEmptySubsequences: false).map(Array.init)
      } else {
        parts = entry.elements.compactMap(\.bytes)
      }
      guard parts.count == 2 else {
        throw .tokenizer(path: path, what: "merge \(index) is not a pair of tokens")
      }
      merges.append(
        (ByteAlphabet.decode(parts[0]) ?? parts[0], ByteAlphabet.decode(parts[1]) ?? parts[1]))
    }
    return merges
  }

  private func addedTokens() throws(TextError) -> [AddedToken] {
    var added: [AddedToken] = []
    for entry in root["added_tokens"]?.elements ?? [] {
      guard let id = entry["id"]?.int, id >= 0, id < 1 << 24, let content = entry["content"]?.bytes
      else { throw .tokenizer(path: path, what: "an added token without id or content") }
      added.append(
        AddedToken(
          id: Int32(id), content: content, singleWord: entry["single_word"]?.bool ?? false,
          stripsLeft: entry["lstrip"]?.bool ?? false, stripsRight: entry["rstrip"]?.bool ?? false,
          isNormalized: entry["normalized"]?.bool ?? !(entry["special"]?.bool ?? false)))
    }
    return added
  }
}
