// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathModel
import IsobathText

/// A checkpoint with the family that runs it and, when it is asked for, its tokenizer.
package struct LoadedModel: Sendable {
  package let model: Model
  private let weights: WeightOptions

  /// - Parameters:
  ///   - path: the checkpoint's folder or file.
  ///   - weights: what its weights are instead of those that it stores.
  package init(_ path: String, _ weights: WeightOptions = WeightOptions()) throws {
    self.init(try weights.open(path), weights)
  }

  /// A model that was opened with these weights.
  package init(_ model: Model, _ weights: WeightOptions = WeightOptions()) {
    (self.model, self.weights) = (model, weights)
  }

  package var checkpoint: Checkpoint { model.checkpoint }

  /// The tokenizer alone: a folder needs no weights for it.
  package static func tokenizer(of path: String) throws -> Tokenizer {
    path.lowercased().hasSuffix(".gguf")
      ? try GGUFVocabulary(GGUFFile(path)).tokenizer() : try Tokenizer.open(folder: path)
  }

  /// The checkpoint's own tokenizer: from GGUF metadata, or from the files beside the weights.
  package func tokenizer() throws -> Tokenizer {
    try LoadedModel.tokenizer(of: checkpoint.path)
  }

  /// The model's name for readers, and what was done to its weights.
  package var name: String { weights.named(checkpoint.name) }
  package var revision: String { checkpoint.revision }
  package var elementTypes: [(name: String, tensors: Int)] { checkpoint.elementTypes }
}

extension Checkpoint {
  /// The model's name for readers: the folder's or file's name, or the id of a folder in the hub's
  /// cache, whose own name is a commit.
  package var name: String {
    if let origin, path.hasSuffix(origin.commit) { return origin.id }
    return Checkpoint.name(of: path)
  }

  /// What the last part of a path or of an id says: without `.gguf`, and for one of several files
  /// without its number.
  package static func name(of path: String) -> String {
    let last = path.split(separator: "/").last.map(String.init) ?? path
    guard last.lowercased().hasSuffix(".gguf") else { return last }
    let name = last.dropLast(5)
    let part = name.suffix(15)
    let isPart =
      part.hasPrefix("-") && part.dropFirst(6).hasPrefix("-of-")
      && (part.dropFirst().prefix(5) + part.suffix(5)).allSatisfy(\.isNumber)
    return String(isPart && name.count > 15 ? name.dropLast(15) : name)
  }

  /// The commit of a model in the hub's cache, empty for another one.
  package var revision: String { origin?.commit ?? "" }

  /// What `models--org--name/snapshots/<commit>` in the path says.
  private var origin: (id: String, commit: String)? {
    let parts = path.split(separator: "/").map(String.init)
    guard let at = parts.lastIndex(of: "snapshots"), at > 0, at + 1 < parts.count,
      parts[at - 1].hasPrefix("models--"), parts[at + 1].utf8.count == 40
    else { return nil }
    let id = String(parts[at - 1].dropFirst("models--".count))
    return (id.replacing("--", with: "/"), parts[at + 1])
  }

  /// How many tensors are stored in each type, the most frequent first.
  package var elementTypes: [(name: String, tensors: Int)] {
    let groups = Dictionary(grouping: source.tensors.values, by: \.type.name)
    return groups.map { ($0.key, $0.value.count) }
      .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
  }
}

extension GGUFVocabulary {
  /// The tokenizer's metadata, typed.
  init(_ file: GGUFFile) throws(CheckpointError) {
    let key = { (name: String) in "tokenizer.ggml." + name }
    guard let tokens = try file.strings(key("tokens")) else {
      throw .gguf(.missingKey(key("tokens")), path: file.path)
    }
    self.init(
      model: try file.string(key("model")) ?? "", pre: try file.string(key("pre")) ?? "default",
      tokens: tokens, path: file.path)
    types = try file.ints(key("token_type")) ?? []
    scores = try file.doubles(key("scores")) ?? []
    merges = try file.strings(key("merges")) ?? []
    beginning = try file.int(key("bos_token_id"))
    end = try file.int(key("eos_token_id"))
    unknown = try file.int(key("unknown_token_id"))
    // The name is misspelt in files.
    separator = try file.int(key("seperator_token_id"))
    addsBeginning = try file.bool(key("add_bos_token"))
    addsEnd = try file.bool(key("add_eos_token"))
    addsSpacePrefix = try file.bool(key("add_space_prefix"))
    removesExtraSpaces = try file.bool(key("remove_extra_whitespaces"))
    charsmap = try file.ints(key("precompiled_charsmap")) ?? []
    lowercases = try file.bool(key("normalizer.lowercase"))
    stripsAccents = try file.bool(key("normalizer.strip_accents"))
    huggingFace = try file.string("tokenizer.huggingface.json")
  }
}
