// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathJSON

/// `model.safetensors.index.json` or `pytorch_model.bin.index.json`: which file beside it holds which
/// tensor.
enum ShardIndex {
  /// The tensors of all shards, checked against the index and against each other.
  static func source(
    _ path: String, of format: ShardFormat
  ) throws(CheckpointError) -> TensorSource {
    let root = try JSONFile.read(path).root
    guard let map = root["weight_map"], map.kind == .object, map.count > 0 else {
      throw .shards(.noWeightMap, path: path)
    }
    let listed = try listing(map, path)
    let shards = Set(listed.values).sorted()
    let folder = URL(filePath: path).deletingLastPathComponent()
    var files: [MappedFile] = []
    var tensors: [String: TensorInfo] = [:]
    var notes: [String] = []
    for (index, shard) in shards.enumerated() {
      let file = try open(shard, in: folder, path)
      files.append(file)
      let part = try format.read(file, index)
      notes += part.notes
      for tensor in part.tensors {
        if let other = tensors[tensor.name] {
          throw .shards(.twice(tensor.name, shards[other.file], shard), path: path)
        }
        guard listed[tensor.name] == shard else {
          throw .shards(.unlisted(tensor.name, shard: shard), path: path)
        }
        tensors[tensor.name] = tensor
      }
    }
    for (name, shard) in listed.sorted(by: { $0.key < $1.key }) where tensors[name] == nil {
      throw .shards(.missingTensor(name, shard: shard), path: path)
    }
    if let claimed = root["metadata"]?["total_size"]?.double {
      try format.check(total: claimed, tensors, path)
    }
    return TensorSource(tensors: tensors, files: files, notes: notes)
  }

  private static func listing(
    _ map: JSON, _ path: String
  ) throws(CheckpointError) -> [String: String] {
    var listed: [String: String] = [:]
    for (tensor, value) in map.members {
      guard let shard = value.string, isFileName(shard) else {
        throw .shards(.notAFileName(value.string ?? value.kind.rawValue), path: path)
      }
      listed[tensor] = shard
    }
    return listed
  }

  /// One path component that names a file: what an index may say.
  static func isFileName(_ name: String) -> Bool {
    !name.isEmpty && name != "." && name != ".." && !name.contains("/") && !name.contains("\\")
      && !name.contains("\0") && name.utf8.count <= 255
  }

  /// Opens a shard. A link may lead to the blobs of the hub's cache, and nowhere else.
  private static func open(
    _ shard: String, in folder: URL, _ path: String
  ) throws(CheckpointError) -> MappedFile {
    let url = folder.appending(path: shard)
    guard FileManager.default.fileExists(atPath: url.path(percentEncoded: false)) else {
      throw .shards(.missingShard(shard), path: path)
    }
    let target = url.resolvingSymlinksInPath().deletingLastPathComponent()
    let home = folder.resolvingSymlinksInPath()
    let blobs = home.deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "blobs")
    let isBeside = [home, blobs].contains { $0.standardizedFileURL.path == target.path }
    guard isBeside || isShared(target, byModelOf: home) else {
      throw .shards(.outside(shard), path: path)
    }
    return try MappedFile(url.path(percentEncoded: false))
  }

  /// Python's client may keep the blobs of all models together, in `blobs/<two digits>` of the cache.
  private static func isShared(_ target: URL, byModelOf snapshot: URL) -> Bool {
    let model = snapshot.deletingLastPathComponent().deletingLastPathComponent()
    let shared = model.deletingLastPathComponent().appending(path: "blobs")
    return model.lastPathComponent.hasPrefix("models--")
      && target.lastPathComponent.utf8.count == 2
      && target.deletingLastPathComponent().standardizedFileURL.path
        == shared.standardizedFileURL.path
  }
}

/// Reads JSON files of a checkpoint.
enum JSONFile {
  static func read(_ path: String) throws(CheckpointError) -> JSONDocument {
    let file = try MappedFile(path)
    do throws(JSONError) { return try JSONDocument(Array(file.bytes(0..<file.count))) } catch {
      throw .json(error, path: path)
    }
  }
}
