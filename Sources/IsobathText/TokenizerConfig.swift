// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

/// What the files beside a vocabulary say about it: `tokenizer_config.json`,
/// `special_tokens_map.json`, `added_tokens.json` and the family in `config.json`.
struct TokenizerConfig {
  private let config: JSON?
  private let modelType: String?
  /// Tokens by the names of their roles; null removes a default.
  private var specials: [String: JSON] = [:]
  /// Tokens with the ids that the files give them, in their order.
  private(set) var numbered: [AddedToken] = []
  private var extras: [JSON] = []
  private let path: String

  /// - Parameter base: the folder, with a slash at its end.
  init(_ base: String) throws(TextError) {
    path = base + "tokenizer_config.json"
    config = try TokenizerConfig.object(path)
    modelType = try TokenizerConfig.object(base + "config.json")?["model_type"]?.string
    for role in TokenizerClass.SpecialToken.allCases {
      specials[role.rawValue] = config?[role.rawValue]
    }
    let names = ["additional_special_tokens", "extra_special_tokens"]
    for name in names { extras += config?[name]?.elements ?? [] }
    if let decoder = config?["added_tokens_decoder"] {
      for (key, value) in decoder.members {
        numbered.append(try token(value, id: Int(key), isSpecial: false))
      }
    } else {
      try readOlder(base)
    }
    numbered.sort { $0.id < $1.id }
  }

  private static func object(_ path: String) throws(TextError) -> JSON? {
    guard TextFile.exists(path) else { return nil }
    let root = try TextFile.json(path)
    guard root.kind == .object else {
      throw .tokenizer(path: path, what: "it is \(root.kind.rawValue), not an object")
    }
    return root
  }

  /// The files that came before `added_tokens_decoder`.
  private mutating func readOlder(_ base: String) throws(TextError) {
    if let map = try TokenizerConfig.object(base + "special_tokens_map.json") {
      for role in TokenizerClass.SpecialToken.allCases {
        if let value = map[role.rawValue] { specials[role.rawValue] = value }
      }
      if let list = map["additional_special_tokens"] { extras = list.elements }
    }
    guard let added = try TokenizerConfig.object(base + "added_tokens.json") else { return }
    let special = Set(
      (Array(specials.values) + extras).compactMap { $0.string ?? $0["content"]?.string })
    for (content, value) in added.members {
      guard let id = value.int, id >= 0, id < TokenizerFile.idLimit else {
        throw .tokenizer(
          path: base + "added_tokens.json", what: "token '\(content.prefix(40))' has no valid id")
      }
      let isSpecial = special.contains(content)
      numbered.append(
        AddedToken(
          id: Int32(id), content: Array(content.utf8), isNormalized: !isSpecial,
          isSpecial: isSpecial))
    }
  }

  func bool(_ key: String) -> Bool? { config?[key]?.bool }

  /// The class that reads the vocabulary, and a note when nothing says which it is.
  func tokenizerClass(
    _ classes: [TokenizerClass]
  ) throws(TextError) -> (TokenizerClass, notes: [String]) {
    let supported = classes.map(\.name).joined(separator: ", ")
    if let given = config?["tokenizer_class"]?.string {
      let name = given.hasSuffix("Fast") ? String(given.dropLast(4)) : given
      if let found = classes.first(where: { $0.name == name }) { return (found, []) }
      // These say nothing about the vocabulary.
      let isGeneric = ["PreTrainedTokenizer", "TokenizersBackend"].contains(name)
      guard isGeneric else {
        throw .unsupported(
          component: "the class \(given) without a tokenizer.json", supported: supported,
          path: path)
      }
    }
    if let modelType, let found = classes.first(where: { $0.modelTypes.contains(modelType) }) {
      return (found, [])
    }
    let family = modelType.map { "the family '\($0)'" } ?? "no family"
    var guess = classes[0]
    guess.isGuessed = true
    return (guess, ["read as by \(classes[0].name): \(family) and no tokenizer_class say how"])
  }

  /// The token of a role.
  func special(
    _ role: TokenizerClass.SpecialToken, _ kind: TokenizerClass
  ) throws(TextError) -> AddedToken? {
    if let given = specials[role.rawValue] {
      return given.isNull ? nil : try token(given, id: 0, isSpecial: true)
    }
    return kind.defaults[role].map { AddedToken(id: 0, content: Array($0.utf8), isSpecial: true) }
  }

  /// All tokens that are cut out of texts, numbered where the vocabulary lacks them.
  func addedTokens(
    _ kind: TokenizerClass, _ vocabulary: Vocabulary
  ) throws(TextError) -> AddedTokenList {
    var list = AddedTokenList(next: Int32(vocabulary.count), vocabulary)
    for token in numbered { list.add(token) }
    var named: [AddedToken] = []
    for role in TokenizerClass.SpecialToken.allCases {
      guard let token = try special(role, kind) else { continue }
      // Nobody knows whether a default is meant where nobody says how the files are read.
      let isGuess = kind.isGuessed && specials[role.rawValue] == nil
      if !isGuess || vocabulary.id(token.content) != nil { named.append(token) }
    }
    for entry in extras { named.append(try token(entry, id: 0, isSpecial: true)) }
    for token in named where list.id(of: token.content) == nil { list.add(unnumbered: token) }
    return list
  }

  /// A token spelled as a string or as an object with its properties.
  private func token(_ json: JSON, id: Int?, isSpecial: Bool) throws(TextError) -> AddedToken {
    guard let content = json.bytes ?? json["content"]?.bytes, let id, id >= 0,
      id < TokenizerFile.idLimit
    else {
      throw .tokenizer(path: path, what: "an added token without a valid id or content")
    }
    let isSpecial = json["special"]?.bool ?? (isSpecial || json.kind == .string)
    return AddedToken(
      id: Int32(id), content: content, singleWord: json["single_word"]?.bool ?? false,
      stripsLeft: json["lstrip"]?.bool ?? false, stripsRight: json["rstrip"]?.bool ?? false,
      isNormalized: json["normalized"]?.bool ?? !isSpecial, isSpecial: isSpecial)
  }
}
