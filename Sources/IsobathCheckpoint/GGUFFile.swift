// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// A GGUF file, version 2 or 3: typed metadata and tensors, checked when opened.
package struct GGUFFile: Sendable {
  package let path: String
  package let version: Int
  package let metadata: [String: GGUFValue]
  package let source: TensorSource

  package init(_ path: String) throws(CheckpointError) {
    let file = try MappedFile(path)
    do throws(GGUFProblem) {
      var reader = GGUFReader(file)
      let (version, tensorCount, keyCount) = try reader.header()
      self.version = version
      metadata = try reader.metadata(keyCount)
      let alignment = try GGUFFile.alignment(metadata)
      if let parts = metadata["split.count"]?.int, parts > 1 { throw .split(count: parts) }
      let infos = try reader.tensors(tensorCount)
      source = TensorSource(
        tensors: try GGUFLayout(infos, start: reader.at, alignment, file).tensors(), files: [file])
    } catch { throw .gguf(error, path: path) }
    self.path = path
  }

  private static func alignment(_ metadata: [String: GGUFValue]) throws(GGUFProblem) -> Int {
    guard let value = metadata["general.alignment"] else { return 32 }
    guard let found = value.int else {
      throw .wrongType(key: "general.alignment", found: value.kind, expected: "a number")
    }
    guard found > 0, found & (found - 1) == 0, found <= 65536 else { throw .alignment(found) }
    return found
  }
}

extension GGUFFile {
  private func value<T>(
    _ key: String, _ expected: String, _ read: (GGUFValue) -> T?
  ) throws(CheckpointError) -> T? {
    guard let value = metadata[key] else { return nil }
    guard let found = read(value) else {
      let problem = GGUFProblem.wrongType(key: key, found: value.kind, expected: expected)
      throw .gguf(problem, path: path)
    }
    return found
  }

  /// The value of a key, nil when it is absent; another type is an error.
  package func string(_ key: String) throws(CheckpointError) -> String? {
    try value(key, "a string") { $0.string }
  }
  package func int(_ key: String) throws(CheckpointError) -> Int? {
    try value(key, "a whole number") { $0.int }
  }
  package func bool(_ key: String) throws(CheckpointError) -> Bool? {
    try value(key, "a bool") { $0.bool }
  }
  package func strings(_ key: String) throws(CheckpointError) -> [String]? {
    try value(key, "an array of strings") { $0.strings }
  }
  package func ints(_ key: String) throws(CheckpointError) -> [Int]? {
    try value(key, "an array of whole numbers") { $0.ints }
  }
}
