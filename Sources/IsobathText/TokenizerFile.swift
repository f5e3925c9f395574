// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

/// Reads `tokenizer.json`. https://huggingface.co/docs/tokenizers
struct TokenizerFile {
  private let path: String
  private let source: String
  private let root: JSON
  /// Ids that a vocabulary may have: no embedding has more rows.
  static let idLimit = 1 << 24

  init(_ path: String) throws(TextError) {
    self.path = path
    source = String(path.split(separator: "/").last ?? "")
    root = try TextFile.json(path)
  }

  /// The same text from within another file.
  init(text: String, path: String) throws(TextError) {
    self.path = path
    source = "GGUF metadata (tokenizer.huggingface.json)"
    do throws(JSONError) { root = try JSONDocument(Array(text.utf8)).root } catch {
      throw .json(error, path: path)
    }
  }

  func tokenizer() throws(TextError) -> Tokenizer {
    guard let model = root["model"], model.kind == .object else {
      throw .tokenizer(path: path, what: "no model in it")
    }
    if let version = root["version"]?.string, version != "1.0" {
      throw .unsupported(component: "version \(version)", supported: "version 1.0", path: path)
    }
    let normalizer = try NormalizerReader(path).normalizer(root["normalizer"])
    var preTokenizer = try PreTokenizerReader(path).preTokenizer(root["pre_tokenizer"])
    var tokenModel = try ModelReader(path).model(model)
    var spelling = TokenizerFile.spelling(tokenModel, model)
    if let plain = preTokenizer?.withoutSpelling {
      spelling = .byteAlphabet
      if case .bpe(let bpe) = tokenModel {
        (tokenModel, preTokenizer) = (.byteLevel(bpe), plain)
      }
    }
    if root["normalizer"]?["type"]?.string == "ByteLevel" { spelling = .byteAlphabet }
    let (added, notes) = try addedTokens(tokenModel.vocabulary)
    let template = try TemplateReader(path).template(root["post_processor"])
    let parts = TokenizerParts(
      added: added, normalizer: normalizer, preTokenizer: preTokenizer, model: tokenModel,
      template: template, spelling: spelling)
    return try Tokenizer(parts, source: source, notes: self.notes + notes, path: path)
  }

  private static func spelling(_ model: TokenModel, _ json: JSON) -> Spelling {
    if case .wordPiece = model {
      return .wordPiece(prefix: json["continuing_subword_prefix"]?.bytes ?? Array("##".utf8))
    }
    let isMarked = model.vocabulary.id(SafeCuts.space) != nil
    return isMarked ? .marked(space: SafeCuts.space) : .plain
  }

  /// Settings that other users of the file apply and a survey must not.
  private var notes: [String] {
    ["truncation", "padding"].filter { root[$0]?.kind == .object }.map {
      "the file's \($0) is not applied"
    }
  }

  /// The added tokens; the reference numbers those that the model lacks itself, whatever the file
  /// says.
  private func addedTokens(
    _ vocabulary: Vocabulary
  ) throws(TextError) -> (tokens: [AddedToken], notes: [String]) {
    var list = AddedTokenList(next: Int32(vocabulary.count), vocabulary)
    for entry in root["added_tokens"]?.elements ?? [] {
      guard let id = entry["id"]?.int, id >= 0, id < TokenizerFile.idLimit,
        let content = entry["content"]?.bytes
      else { throw .tokenizer(path: path, what: "an added token without a valid id or content") }
      let isSpecial = entry["special"]?.bool ?? false
      list.add(
        AddedToken(
          id: Int32(id), content: content, singleWord: entry["single_word"]?.bool ?? false,
          stripsLeft: entry["lstrip"]?.bool ?? false, stripsRight: entry["rstrip"]?.bool ?? false,
          isNormalized: entry["normalized"]?.bool ?? !isSpecial, isSpecial: isSpecial))
    }
    return (list.tokens, list.notes)
  }
}
