// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Foundation
import IsobathJSON

/// A checkpoint on disk, opened and checked; no tensor is loaded.
package struct Checkpoint: Sendable {
  /// How the weights are stored.
  package enum Format: Sendable {
    case safetensors
    case torch
    case gguf(GGUFFile)

    package var name: String {
      switch self {
      case .safetensors: "safetensors"
      case .torch: "PyTorch"
      case .gguf: "GGUF"
      }
    }
  }

  /// The folder or file as it was given.
  package let path: String
  package let format: Format
  package let source: TensorSource
  /// The configuration's values: config.json's, or GGUF metadata's.
  package let config: [String: ConfigValue]
  /// The file that they come from.
  package let configFile: String

  /// Opens a folder with config.json and safetensors or PyTorch weights, or a `.gguf` file.
  package static func open(_ path: String) throws(CheckpointError) -> Checkpoint {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw .missing(path: path, needed: "give a checkpoint's folder or a .gguf file")
    }
    if isFolder.boolValue { return try openFolder(path) }
    guard path.lowercased().hasSuffix(".gguf") else {
      throw .notACheckpoint(
        path: path, found: [URL(filePath: path).lastPathComponent],
        advice: advice(forFile: path))
    }
    let file = try GGUFFile(path)
    return Checkpoint(
      path: path, format: .gguf(file), source: file.source,
      config: file.settings, configFile: path)
  }

  private static func openFolder(_ folder: String) throws(CheckpointError) -> Checkpoint {
    let file = { (name: String) in
      URL(filePath: folder).appending(path: name).path(percentEncoded: false)
    }
    let exists = { (name: String) in FileManager.default.fileExists(atPath: file(name)) }
    guard exists("config.json") else {
      throw .notACheckpoint(
        path: folder, found: list(folder), advice: "a folder needs config.json beside its weights")
    }
    let config = ConfigValue(try JSONFile.read(file("config.json")).root)
    guard case .object(let values) = config else {
      throw .config(
        .wrongType(key: "config.json", found: config.shown, expected: "an object"),
        path: file("config.json"))
    }
    for (name, format, read) in layouts where exists(name) {
      return Checkpoint(
        path: folder, format: format, source: try read(file(name)), config: values,
        configFile: file("config.json"))
    }
    throw .notACheckpoint(
      path: folder, found: list(folder),
      advice: "one of these is needed: " + layouts.map(\.name).joined(separator: ", "))
  }

  private typealias Layout = (
    name: String, format: Format, read: @Sendable (String) throws(CheckpointError) -> TensorSource
  )

  /// The files that weights are looked for in, the best first: an index lists more than a single file
  /// beside it may hold, and safetensors are checked more closely than pickles can be.
  private static let layouts: [Layout] = [
    (
      "model.safetensors.index.json", .safetensors,
      { path throws(CheckpointError) in try ShardIndex.source(path, of: .safetensors) }
    ),
    (
      "model.safetensors", .safetensors,
      { path throws(CheckpointError) in try TensorSource.safetensors(path) }
    ),
    (
      "pytorch_model.bin.index.json", .torch,
      { path throws(CheckpointError) in try ShardIndex.source(path, of: .torch) }
    ),
    (
      "pytorch_model.bin", .torch,
      { path throws(CheckpointError) in try TensorSource.torch(path) }
    ),
  ]

  /// What to give instead of a file that is no checkpoint by itself.
  private static func advice(forFile path: String) -> String {
    let weights = [".bin", ".pt", ".pth", ".ckpt", ".safetensors"]
    guard weights.contains(where: { path.lowercased().hasSuffix($0) }) else {
      return "give a .gguf file, or the folder that holds config.json and the weights"
    }
    let folder = URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
    return "give the folder that holds it and config.json: \(folder)"
  }

  private static func list(_ folder: String) -> [String] {
    let names = FileManager.default.enumerator(
      at: URL(filePath: folder), includingPropertiesForKeys: nil,
      options: [.skipsSubdirectoryDescendants])?.compactMap { ($0 as? URL)?.lastPathComponent }
    return names?.sorted() ?? []
  }

  /// The files that hold weights, with their sizes.
  package var files: [(path: String, bytes: Int)] { source.files.map { ($0.path, $0.count) } }

  /// What the files hold beside tensors, left out: a sentence each, for the reader.
  package var notes: [String] { source.notes }

  /// The SHA-256 of each file of weights, in hexadecimal.
  package func digests(progress: (Int) -> Void = { _ in }) throws(CheckpointError) -> [String] {
    var digests: [String] = []
    for file in source.files {
      try file.checkUnchanged()
      var hash = SHA256()
      for start in stride(from: 0, to: file.count, by: 8 << 20) {
        let end = min(start + (8 << 20), file.count)
        hash.update(bufferPointer: file.bytes(start..<end))
        progress(end - start)
      }
      digests.append(
        hash.finalize().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
          .joined())
    }
    return digests
  }
}

extension Checkpoint {
  /// The configuration as one text, the same for the same values: for its digest.
  package var configurationText: String {
    config.filter { !$0.key.hasPrefix("tokenizer.") }
      .sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.canonical)" }
      .joined(separator: "\n")
  }
}
