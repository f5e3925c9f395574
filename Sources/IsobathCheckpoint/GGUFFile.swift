// SPDX-License-Identifier: GPL-3.0-or-later

/// A GGUF model, version 2 or 3: typed metadata and tensors, checked when opened.
package struct GGUFFile: Sendable {
  /// The file with the metadata: of a split model the first part.
  package let path: String
  package let version: Int
  package let metadata: [String: GGUFValue]
  package let source: TensorSource
  private let file: MappedFile

  /// Opens a model in one file, or in parts through any of them: the others stand beside it.
  package init(_ path: String) throws(CheckpointError) {
    let given = try GGUFPart(path)
    let parts = try GGUFSplit(given)?.parts()
    let first = parts?.first ?? given
    var tensors: [String: TensorInfo] = [:]
    for part in parts ?? [given] { tensors.merge(part.tensors) { first, _ in first } }
    self.path = first.file.path
    version = first.version
    metadata = first.metadata
    source = TensorSource(tensors: tensors, files: (parts ?? [given]).map(\.file))
    file = first.file
  }
}

extension GGUFFile {
  private func value<T>(
    _ key: String, _ expected: String, _ read: (GGUFValue) throws(GGUFProblem) -> T?
  ) throws(CheckpointError) -> T? {
    guard let value = metadata[key] else { return nil }
    do throws(GGUFProblem) {
      guard let found = try read(value) else {
        throw .wrongType(key: key, found: value.kind, expected: expected)
      }
      return found
    } catch { throw .gguf(error, path: path) }
  }

  /// The same for arrays, whose elements are still in the file.
  private func elements<T>(
    _ key: String, _ expected: String, _ read: (GGUFArray) throws(GGUFProblem) -> T?
  ) throws(CheckpointError) -> T? {
    if metadata[key] != nil { try file.checkUnchanged() }
    return try value(key, expected) { value throws(GGUFProblem) in
      guard let array = value.array else { return nil }
      return try read(array)
    }
  }

  /// The value of a key, nil when it is absent; another type is an error.
  package func string(_ key: String) throws(CheckpointError) -> String? {
    try value(key, "a string") { value throws(GGUFProblem) in value.string }
  }
  package func int(_ key: String) throws(CheckpointError) -> Int? {
    try value(key, "a whole number") { value throws(GGUFProblem) in value.int }
  }
  package func double(_ key: String) throws(CheckpointError) -> Double? {
    try value(key, "a number") { value throws(GGUFProblem) in value.double }
  }
  package func bool(_ key: String) throws(CheckpointError) -> Bool? {
    try value(key, "a bool") { value throws(GGUFProblem) in value.bool }
  }
  package func strings(_ key: String) throws(CheckpointError) -> [String]? {
    try elements(key, "an array of strings") { array throws(GGUFProblem) in
      try array.strings(key)
    }
  }
  package func ints(_ key: String) throws(CheckpointError) -> [Int]? {
    try elements(key, "an array of whole numbers of 63 bits") { array throws(GGUFProblem) in
      array.ints
    }
  }
  package func doubles(_ key: String) throws(CheckpointError) -> [Double]? {
    try elements(key, "an array of numbers") { array throws(GGUFProblem) in array.doubles }
  }

  /// All metadata but the vocabulary, as configuration values.
  package var settings: [String: ConfigValue] {
    metadata.filter { !$0.key.hasPrefix("tokenizer.") }.mapValues(ConfigValue.init)
  }
}
