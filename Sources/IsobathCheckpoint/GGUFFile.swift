// SPDX-License-Identifier: GPL-3.0-or-later

/// A GGUF file, version 2 or 3: typed metadata and tensors, checked when opened.
package struct GGUFFile: Sendable {
  package let path: String
  package let version: Int
  package let metadata: [String: GGUFValue]
  package let source: TensorSource
  private let file: MappedFile

  package init(_ path: String) throws(CheckpointError) {
    let file = try MappedFile(path)
    try file.checkKind()
    do throws(GGUFProblem) {
      var reader = GGUFReader(file)
      let (version, tensorCount, keyCount) = try reader.header()
      let metadata = try reader.metadata(keyCount)
      let alignment = try GGUFFile.alignment(metadata["general.alignment"])
      try GGUFFile.checkWhole(metadata["split.count"])
      let entries = try reader.tensors(tensorCount)
      let layout = GGUFLayout(entries, header: reader.at, alignment, file)
      source = TensorSource(tensors: try layout.tensors(), files: [file])
      self.version = version
      self.metadata = metadata
    } catch { throw .gguf(error, path: path) }
    self.path = path
    self.file = file
  }

  private static func alignment(_ value: GGUFValue?) throws(GGUFProblem) -> Int {
    guard let value else { return 32 }
    guard let found = value.int else {
      throw .wrongType(key: "general.alignment", found: value.kind, expected: "a whole number")
    }
    guard found > 0, found & (found - 1) == 0, found <= 65536 else { throw .alignment(found) }
    return found
  }

  /// Refuses a part of a model; a model in one file may say that it is one of one.
  private static func checkWhole(_ value: GGUFValue?) throws(GGUFProblem) {
    guard let value else { return }
    guard let parts = value.int else {
      throw .wrongType(key: "split.count", found: value.kind, expected: "a whole number")
    }
    if parts > 1 { throw .split(count: parts) }
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
