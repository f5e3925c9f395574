// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint

/// A GGUF file's configuration as its family spells it.
struct GGUFSettings {
  private(set) var values: [String: ConfigValue]
  /// How the file spells the family's keys, for messages.
  private(set) var spelling: [String: String] = [:]
  /// The tensors that values were taken from.
  private(set) var tensors: Set<String> = []
  private let names: GGUFNames
  private let file: GGUFFile

  /// - Throws: an error that names the file's own key when it is missing, differs between blocks, or
  ///   contradicts another.
  init(_ names: GGUFNames, _ file: GGUFFile) throws {
    (self.names, self.file, values) = (names, file, names.constants)
    for key in names.required.sorted() where file.metadata[name(key)] == nil {
      throw CheckpointError.config(.missing(key: name(key)), path: file.path)
    }
    for (key, meaning) in names.keys {
      if case .key(let own) = meaning { spelling[own] = name(key) }
    }
    for length in ["short", "long"] {
      spelling["rope_scaling.\(length)_factor"] = "rope_factors_\(length).weight"
    }
    let prefix = name("")
    for key in file.metadata.keys.sorted() where key.hasPrefix(prefix) {
      try take(String(key.dropFirst(prefix.count)))
    }
    for (key, told) in names.told where values[key] == nil { take(key, told) }
    try takeFactors()
    if values.contains(at: "rope_scaling.factor"), !values.contains(at: "rope_scaling.rope_type") {
      // As llama.cpp reads a factor without a type.
      values.set("rope_scaling.rope_type", to: .string("linear"))
    }
  }

  private func name(_ key: String) -> String { "\(names.architecture).\(key)" }

  /// A metadata key; one that is not known keeps its name, so that it is refused as unread.
  private mutating func take(_ key: String) throws {
    guard let value = try value(key) else { return }
    switch names.keys[key] {
    case nil: values[name(key)] = value
    case .nothing: break
    case .key(let own): values.set(own, to: value)
    case .always(let flag):
      try check(key, value, .bool(flag), "\(flag)")
    case .repeats(let quantity):
      guard let (expected, what) = try quantityAndName(quantity) else { return }
      try check(key, value, .number(Double(expected)), "\(expected), \(what)")
    case .share(let own):
      guard let width = try quantityAndName(.headWidth)?.0 else { return }
      spelling[own] = name(key)
      values[own] = .number(try share(key, value, of: width))
    }
  }

  /// The share that comes to so many features when it is multiplied by a head's and rounded down.
  private func share(_ key: String, _ value: ConfigValue, of width: Int) throws -> Double {
    guard case .number(let turned) = value, turned >= 1, turned <= Double(width),
      turned == turned.rounded()
    else { throw refusal(key, value, "1 to \(width), a head's features") }
    let share = turned / Double(width)
    return share * Double(width) < turned ? share.nextUp : share
  }

  /// A key's value for all blocks; nil where it is absent or a zero that says so.
  private func value(_ key: String) throws -> ConfigValue? {
    guard let stored = file.metadata[name(key)] else { return nil }
    if case .nothing = names.keys[key] { return nil }
    if GGUFNames.emptyAtZero.contains(key), stored.int == 0 { return nil }
    let value = ConfigValue(stored)
    guard case .list(let perBlock) = value, names.keys[key] != nil else { return value }
    let blocks = file.metadata[name("block_count")]?.int
    guard let first = perBlock.first, perBlock.count == blocks,
      perBlock.allSatisfy({ $0 == first })
    else { throw refusal(key, value, "one value for all blocks") }
    return first
  }

  private func check(
    _ key: String, _ value: ConfigValue, _ expected: ConfigValue, _ shown: String
  ) throws {
    guard value == expected else { throw refusal(key, value, shown) }
  }

  private func refusal(_ key: String, _ value: ConfigValue, _ supported: String) -> ModelError {
    .unsupported(key: name(key), found: value.shown, supported: supported, file: file.path)
  }

  /// A number that follows from others, and what it is; nil where they are wrong, as the family will say.
  private func quantityAndName(_ quantity: GGUFNames.Quantity) throws -> (Int, String)? {
    let size = { (key: String) -> Int? in
      guard case .number(let number) = try value(key) else { return nil }
      return Int(exactly: number).flatMap { (1...Int(Int32.max)).contains($0) ? $0 : nil }
    }
    switch quantity {
    case .heads: return try size("attention.head_count").map { ($0, "the number of heads") }
    case .fourWidths:
      return try size("embedding_length").map { (4 * $0, "four times the model's width") }
    case .headWidth:
      if let width = try size("attention.key_length") { return (width, "the width of a head") }
      guard let model = try size("embedding_length"), let heads = try size("attention.head_count"),
        model % heads == 0
      else { return nil }
      return (model / heads, "the width of a head")
    }
  }

  private mutating func take(_ key: String, _ told: GGUFNames.Told) {
    guard let tensor = file.source.tensors[told.tensor] else { return }
    spelling[key] = told.tensor
    switch told {
    case .presence: values[key] = .bool(true)
    case .rows: values[key] = .number(Double(tensor.shape.first ?? 0))
    }
  }
}

extension GGUFNames {
  /// Whether a file of the architecture has the family's mark, if it has one.
  func fits(_ file: GGUFFile) -> Bool {
    guard let mark else { return true }
    let found = file.metadata["\(architecture).\(mark)"]
    return found != nil && found?.int != 0
  }
}

// MARK: - Factors of rotary frequencies

extension GGUFSettings {
  /// What files keep as tensors: factors that divide the frequencies, one set for all documents
  /// (Llama 3.1) or one each for those within and beyond the original positions (Phi-3).
  ///
  /// llama.cpp chooses the set by the room it was started with; transformers, by the document.
  private mutating func takeFactors() throws {
    let (short, long) = ("rope_factors_short.weight", "rope_factors_long.weight")
    if file.source.tensors["rope_freqs.weight"] != nil {
      try takeFactors("short_factor", from: "rope_freqs.weight")
      try takeFactors("long_factor", from: "rope_freqs.weight")
      values.set("rope_scaling.attention_factor", to: .number(1))
    } else if file.source.tensors[short] != nil || file.source.tensors[long] != nil {
      let original = name("rope.scaling.original_context_length")
      guard file.metadata[original] != nil else {
        throw CheckpointError.config(.missing(key: original), path: file.path)
      }
      try takeFactors("short_factor", from: short)
      try takeFactors("long_factor", from: long)
    }
  }

  private mutating func takeFactors(_ key: String, from tensor: String) throws {
    let type = try value("rope.scaling.type") ?? .string("longrope")
    guard [.string("none"), .string("longrope")].contains(type) else {
      throw refusal("rope.scaling.type", type, "longrope beside the tensor '\(tensor)'")
    }
    spelling["rope_scaling.\(key)"] = tensor
    values.set("rope_scaling.rope_type", to: .string("longrope"))
    guard let info = file.source.tensors[tensor], info.shape.count == 1, info.count <= 1 << 16
    else { return }
    let factors = try [Float](unsafeUninitializedCapacity: info.count) {
      buffer, initialized throws(CheckpointError) in
      guard let base = buffer.baseAddress else { return }
      try file.source.load(info, rows: 0..<info.count, into: base)
      initialized = info.count
    }
    values.set("rope_scaling.\(key)", to: .list(factors.map { .number(Double($0)) }))
    tensors.insert(tensor)
  }
}

extension [String: ConfigValue] {
  /// Sets a value; a dot leads into a nested object.
  fileprivate mutating func set(_ path: String, to value: ConfigValue) {
    guard let dot = path.firstIndex(of: ".") else { return self[path] = value }
    let key = String(path[..<dot])
    var members: [String: ConfigValue] = [:]
    if case .object(let found) = self[key] { members = found }
    members.set(String(path[path.index(after: dot)...]), to: value)
    self[key] = .object(members)
  }

  fileprivate func contains(at path: String) -> Bool {
    guard let dot = path.firstIndex(of: ".") else { return self[path] != nil }
    guard case .object(let members) = self[String(path[..<dot])] else { return false }
    return members.contains(at: String(path[path.index(after: dot)...]))
  }
}
