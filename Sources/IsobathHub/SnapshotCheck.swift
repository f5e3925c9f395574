// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Which files of a snapshot are there and sound.
struct SnapshotCheck {
  let cache: HubCache
  let id: HubID
  let commit: String

  /// What a survey needs and the snapshot lacks.
  func missing() throws(HubError) -> [String] {
    var missing: [String] = []
    if let file = id.file {
      for part in FileSelection.parts(ofGGUF: file) where try !has(part) { missing.append(part) }
      return missing
    }
    if try !has(FileSelection.config) { missing.append(FileSelection.config) }
    missing += try missingWeights()
    if try !hasTokenizer() { missing.append("tokenizer.json") }
    return missing
  }

  /// The weights are chosen as a checkpoint is opened: an index that is there counts first.
  private func missingWeights() throws(HubError) -> [String] {
    for name in [FileSelection.safetensors, FileSelection.pickle] {
      let index = name + FileSelection.indexSuffix
      if try has(index) {
        var missing: [String] = []
        for shard in try shards(index) where try !has(shard) { missing.append(shard) }
        return missing
      }
      if try has(name) { return [] }
    }
    return [FileSelection.safetensors]
  }

  private func shards(_ index: String) throws(HubError) -> [String] {
    let path = self.path(index)
    guard let bytes = try SmallFile.read(path, limit: ShardNames.byteLimit) else { return [index] }
    do throws(ShardNames.Fault) { return try ShardNames.read(bytes) } catch {
      throw .cache(path: path, .index(error.what))
    }
  }

  /// A model may have none: then the cache says so of each name that one could have.
  private func hasTokenizer() throws(HubError) -> Bool {
    for name in FileSelection.tokenizers where try has(name) { return true }
    return FileSelection.tokenizers.allSatisfy { SmallFile.exists(cache.absence(id, commit, $0)) }
  }

  private func path(_ name: String) -> String { "\(cache.snapshot(id, commit))/\(name)" }

  /// Whether the snapshot has the file, as a link into the cache or as itself.
  func has(_ name: String) throws(HubError) -> Bool { try size(name) != nil }

  /// The file's bytes, nil when it is not there.
  /// - Throws: `HubError.cache` for a link that leads nowhere or out of the cache.
  func size(_ name: String) throws(HubError) -> Int? {
    let path = self.path(name)
    var entry = stat()
    guard lstat(path, &entry) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .cache(path: path, .unreadable(code: errno))
    }
    if entry.st_mode & S_IFMT == S_IFLNK {
      let target = SmallFile.linkTarget(path)
      guard let real = SmallFile.realPath(path) else {
        throw .cache(path: path, .brokenLink(to: target, id: "\(id)"))
      }
      // The blobs of several models may be shared: anywhere in the cache is in order.
      guard let home = SmallFile.realPath(cache.root), real.hasPrefix(home + "/") else {
        throw .cache(path: path, .outside(target))
      }
      guard stat(path, &entry) == 0 else { throw .cache(path: path, .unreadable(code: errno)) }
    }
    guard entry.st_mode & S_IFMT == S_IFREG else { throw .cache(path: path, .notAFile) }
    return Int(entry.st_size)
  }
}
