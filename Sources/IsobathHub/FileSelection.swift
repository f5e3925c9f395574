// SPDX-License-Identifier: GPL-3.0-or-later

/// Which files of a model a survey needs: its configuration, its tokenizer, and one set of weights.
///
/// Safetensors come before PyTorch's pickles, one file before shards, as transformers chooses; weights
/// of other frameworks, other formats and folders are left where they are.
enum FileSelection {
  static let config = "config.json"
  static let safetensors = "model.safetensors"
  static let pickle = "pytorch_model.bin"
  static let indexSuffix = ".index.json"

  /// Any one of these makes a tokenizer, with what stands beside it.
  static let tokenizers = ["tokenizer.json", "vocab.json", "vocab.txt", "tokenizer.model"]

  private static let others: Set = [
    "merges.txt", "special_tokens_map.json", "added_tokens.json", "tokenizer.model",
    "preprocessor_config.json", "processor_config.json",
  ]

  /// Whether a file says what the model or its tokenizer is.
  static func isDescription(_ name: String) -> Bool {
    guard !name.contains("/") else { return false }
    let isJSON = name.hasSuffix(".json")
    return others.contains(name) || name.hasPrefix("vocab.")
      || isJSON && (name.hasPrefix("config") || name.hasPrefix("tokenizer"))
  }

  /// What holds the weights.
  enum Weights: Equatable {
    case file(String)
    /// An index that names the files.
    case index(String)
  }

  /// The best set of weights that is there.
  static func weights(_ names: Set<String>) -> Weights? {
    for name in [safetensors, pickle] {
      if names.contains(name) { return .file(name) }
      if names.contains(name + indexSuffix) { return .index(name + indexSuffix) }
    }
    return nil
  }

  /// A GGUF file with the other parts of its model: `name-00001-of-00003.gguf` comes with three.
  static func parts(ofGGUF name: String) -> [String] {
    guard let match = name.wholeMatch(of: /(.*-)(\d{5})(-of-)(\d{5})(\.gguf)/),
      let number = Int(match.2), let count = Int(match.4), (1...partLimit).contains(count),
      (1...count).contains(number)
    else { return [name] }
    return (1...count).map { part in
      let digits = String(part)
      let padded = String(repeating: "0", count: 5 - digits.count) + digits
      return "\(match.1)\(padded)\(match.3)\(match.4)\(match.5)"
    }
  }

  private static let partLimit = 1000

  /// The GGUF files, for a message.
  static func ggufs(_ names: some Sequence<String>) -> [String] {
    names.filter { $0.lowercased().hasSuffix(".gguf") }.sorted()
  }
}
