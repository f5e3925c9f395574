// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

/// Reads the `model` of `tokenizer.json`.
struct ModelReader {
  private let path: String

  init(_ path: String) { self.path = path }

  func model(_ json: JSON) throws(TextError) -> TokenModel {
    switch json["type"]?.string ?? guess(json) {
    case "BPE": .bpe(try bpe(json))
    case "Unigram": .unigram(try unigram(json))
    case "WordPiece":
      .wordPiece(
        try WordPiece(
          vocabulary: try vocabulary(json),
          prefix: json["continuing_subword_prefix"]?.bytes ?? Array("##".utf8),
          unknown: json["unk_token"]?.string ?? "[UNK]",
          longestWord: json["max_input_chars_per_word"]?.int ?? 100, path: path))
    case "WordLevel":
      .wordLevel(
        WordLevel(
          vocabulary: try vocabulary(json), unknown: json["unk_token"]?.string ?? "<unk>",
          path: path))
    case let other:
      throw .unsupported(
        component: "the model \(other)", supported: "BPE, Unigram, WordPiece, WordLevel",
        path: path)
    }
  }

  /// What a model without a type is, as the reference tries them.
  private func guess(_ json: JSON) -> String {
    if json["merges"] != nil { return "BPE" }
    if json["max_input_chars_per_word"] != nil { return "WordPiece" }
    if json["vocab"]?.kind == .array { return "Unigram" }
    return json["unk_token"] == nil ? "without a type" : "WordLevel"
  }

  private func bpe(_ json: JSON) throws(TextError) -> BPE {
    if let dropout = json["dropout"], !dropout.isNull, dropout.double != 0 {
      throw .unsupported(
        component: "BPE with dropout", supported: "BPE without chance", path: path)
    }
    let options = BPE.Options(
      unknown: json["unk_token"]?.string, fusesUnknown: json["fuse_unk"]?.bool ?? false,
      fallsBackToBytes: json["byte_fallback"]?.bool ?? false,
      prefix: json["continuing_subword_prefix"]?.bytes ?? [],
      suffix: json["end_of_word_suffix"]?.bytes ?? [],
      looksUpWhole: json["ignore_merges"]?.bool ?? false)
    return try BPE(
      vocabulary: vocabulary(json), merges: merges(json), options: options, path: path)
  }

  private func vocabulary(_ json: JSON) throws(TextError) -> Vocabulary {
    guard let entries = json["vocab"], entries.kind == .object, entries.count > 0 else {
      throw .tokenizer(path: path, what: "the model has no vocabulary")
    }
    return try ModelReader.vocabulary(entries, path)
  }

  /// Token → id, as an object has them.
  static func vocabulary(_ entries: JSON, _ path: String) throws(TextError) -> Vocabulary {
    var vocabulary = Vocabulary(capacity: entries.count)
    try entries.forEachMember { key, value throws(TextError) in
      guard let id = value.int, id >= 0, id < TokenizerFile.idLimit else {
        let shown = String(decoding: key.prefix(40), as: UTF8.self)
        throw .tokenizer(path: path, what: "token '\(shown)' has no valid id")
      }
      guard vocabulary[Int32(id)] == nil else {
        let shown = String(decoding: key.prefix(40), as: UTF8.self)
        throw .tokenizer(path: path, what: "id \(id) belongs to two tokens, one of them '\(shown)'")
      }
      vocabulary.insert(key, id: Int32(id))
    }
    return vocabulary
  }

  /// Merges as "a b" or ["a", "b"].
  private func merges(_ json: JSON) throws(TextError) -> MergeList {
    guard let list = json["merges"], list.kind == .array else {
      throw .tokenizer(path: path, what: "the model has no merges")
    }
    var merges = MergeList(capacity: list.count)
    try list.forEachElement { index, entry throws(TextError) in
      let isPair =
        entry.kind == .string
        ? entry.bytes.map { merges.append(line: $0[...]) } ?? false
        : append(entry, to: &merges)
      if !isPair {
        throw .tokenizer(path: path, what: "merge \(index) is not a pair of tokens")
      }
    }
    return merges
  }

  private func append(_ entry: JSON, to merges: inout MergeList) -> Bool {
    var parts: (left: [UInt8]?, right: [UInt8]?) = (nil, nil)
    entry.forEachElement { index, part in
      if index == 0 { parts.left = part.bytes } else { parts.right = part.bytes }
    }
    guard entry.count == 2, let left = parts.left, let right = parts.right else { return false }
    merges.append(left, right)
    return true
  }

  /// Tokens and scores, as an array of pairs.
  private func unigram(_ json: JSON) throws(TextError) -> Unigram {
    guard let list = json["vocab"], list.kind == .array, list.count > 0 else {
      throw .tokenizer(path: path, what: "the model has no vocabulary")
    }
    var tokens: [(bytes: ArraySlice<UInt8>, score: Double)] = []
    tokens.reserveCapacity(list.count)
    try list.forEachElement { index, entry throws(TextError) in
      var parts: (bytes: [UInt8]?, score: Double?) = (nil, nil)
      entry.forEachElement { index, part in
        if index == 0 { parts.bytes = part.bytes } else { parts.score = part.double }
      }
      guard entry.count == 2, let bytes = parts.bytes, let score = parts.score else {
        throw .tokenizer(path: path, what: "token \(index) is not a pair of text and score")
      }
      tokens.append((bytes[...], score))
    }
    guard tokens.count < TokenizerFile.idLimit else {
      throw .tokenizer(path: path, what: "\(tokens.count) tokens are too many")
    }
    let unknown = json["unk_id"].flatMap { $0.isNull ? nil : $0 }
    let id = unknown.map { $0.int.flatMap(Int32.init(exactly:)) ?? -1 }
    return try Unigram(
      tokens: tokens, unknown: id, fallsBackToBytes: json["byte_fallback"]?.bool ?? false,
      path: path)
  }
}
