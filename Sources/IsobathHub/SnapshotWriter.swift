// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Puts whole blobs where a snapshot's reader finds them.
struct SnapshotWriter {
  let cache: HubCache
  let id: HubID
  let commit: String
  let usesLinks: Bool

  /// Gives a whole file its name as a blob and shows it in the snapshot; where links are not wanted or
  /// not possible, the snapshot has the file itself and no blob is kept.
  func keep(_ partial: PartialFile, as etag: String, named name: String) throws(HubError) {
    let blob = cache.blob(id, etag)
    guard usesLinks else { return try move(partial.path, to: try freePlace(name)) }
    try move(partial.path, to: blob)
    do throws(HubError) { try show(etag, as: name) } catch {
      guard case .cannotWrite(let place, let code) = error,
        [EPERM, EOPNOTSUPP, ENOSYS].contains(code)
      else { throw error }
      try move(blob, to: place)
    }
  }

  /// Links a blob into the snapshot under the file's name.
  func show(_ etag: String, as name: String) throws(HubError) {
    let place = try freePlace(name)
    let depth = name.utf8.count { $0 == UInt8(ascii: "/") }
    let target = String(repeating: "../", count: depth + 2) + "blobs/\(etag)"
    let isOurs = symlink(target, place) == 0
    // Another fetch of the same file may have been quicker.
    guard isOurs || errno == EEXIST && SmallFile.linkTarget(place) == target else {
      throw .cannotWrite(path: place, code: errno)
    }
    SmallFile.syncFolder(SmallFile.parent(of: place))
  }

  /// The file's path in the snapshot, with nothing there: what is replaced is broken.
  private func freePlace(_ name: String) throws(HubError) -> String {
    let place = "\(cache.snapshot(id, commit))/\(name)"
    try SmallFile.makeFolder(SmallFile.parent(of: place))
    guard unlink(place) == 0 || errno == ENOENT else {
      throw .cannotWrite(path: place, code: errno)
    }
    return place
  }

  private func move(_ path: String, to place: String) throws(HubError) {
    guard rename(path, place) == 0 else { throw .cannotWrite(path: place, code: errno) }
    SmallFile.syncFolder(SmallFile.parent(of: place))
  }

  /// Notes for later that the commit has no tokenizer, as Python's client does.
  func noteMissingTokenizer(_ names: Set<String>) throws(HubError) {
    guard FileSelection.tokenizers.allSatisfy({ !names.contains($0) }) else { return }
    for name in FileSelection.tokenizers {
      let path = cache.absence(id, commit, name)
      if !SmallFile.exists(path) { try SmallFile.replace(path, with: "") }
    }
  }

  /// Writes which commit the revision means, when everything else is there.
  func writeRef() throws(HubError) {
    guard id.revision != commit else { return }
    let path = cache.ref(id)
    if let old = try readable(path), old == Array(commit.utf8) { return }
    try SmallFile.replace(path, with: commit)
  }

  /// A ref that cannot be read is written anew.
  private func readable(_ path: String) throws(HubError) -> [UInt8]? {
    do throws(HubError) { return try SmallFile.read(path, limit: 64) } catch {
      guard case .cache(_, .unreadable(code: EFBIG)) = error else { throw error }
      return nil
    }
  }
}
