// SPDX-License-Identifier: GPL-3.0-or-later

/// What a fetch brings: the files of one commit that a survey needs.
package struct HubPlan: Sendable, Equatable {
  /// One file of them.
  package struct File: Sendable, Equatable {
    package let name: String
    /// 0 when the hub does not say.
    package let bytes: Int
    /// Whether the cache's snapshot has it already.
    package let isThere: Bool
    let file: HubFile
  }

  package let id: HubID
  package let snapshot: HubSnapshot
  package let files: [File]
  /// Every file that the commit has, needed or not.
  let names: Set<String>

  package var bytes: Int { files.reduce(0) { $0 + $1.bytes } }
  /// Of the files that are not there yet.
  package var missingBytes: Int { files.reduce(0) { $0 + ($1.isThere ? 0 : $1.bytes) } }
}

/// Finds out what a fetch has to bring.
struct HubPlanner {
  let session: HubSession
  let cache: HubCache

  func plan() throws(HubError) -> HubPlan {
    let id = session.id
    let listing = try HubListing.ask(session)
    let check = SnapshotCheck(cache: cache, id: id, commit: listing.commit)
    let known = Dictionary(listing.files.map { ($0.name, $0) }) { first, _ in first }
    var files: [HubPlan.File] = []
    for name in try needed(Set(known.keys), listing.commit) {
      guard let file = known[name] else {
        throw .noFile(id: id.name, file: name, known: known.keys.sorted())
      }
      files.append(
        HubPlan.File(
          name: name, bytes: file.bytes ?? 0, isThere: isThere(file, check), file: file))
    }
    return HubPlan(
      id: id, snapshot: cache.place(id, listing.commit), files: files, names: Set(known.keys))
  }

  /// A file that is broken in the cache is one to bring.
  private func isThere(_ file: HubFile, _ check: SnapshotCheck) -> Bool {
    do throws(HubError) {
      guard let size = try check.size(file.name) else { return false }
      return file.bytes == nil || file.bytes == size
    } catch {
      return false
    }
  }

  /// Descriptions first, then weights, each in the order of their names.
  private func needed(_ names: Set<String>, _ commit: String) throws(HubError) -> [String] {
    let id = session.id
    if let file = id.file {
      guard names.contains(file) else {
        throw .noFile(id: id.name, file: file, known: FileSelection.ggufs(names))
      }
      return FileSelection.parts(ofGGUF: file)
    }
    guard names.contains(FileSelection.config), let weights = FileSelection.weights(names) else {
      let ggufs = FileSelection.ggufs(names)
      throw .noWeights(id: id.name, found: ggufs.isEmpty ? names.sorted() : ggufs)
    }
    let descriptions = names.filter(FileSelection.isDescription).sorted()
    switch weights {
    case .file(let name): return descriptions + [name]
    case .index(let name):
      return descriptions + [name] + (try shards(name, commit))
    }
  }

  private func shards(_ index: String, _ commit: String) throws(HubError) -> [String] {
    try session.retries { () throws(Trouble) in
      let address = try session.resolve(index, commit: commit)
      let bytes = try session.content(address, limit: ShardNames.byteLimit)
      do throws(ShardNames.Fault) { return try ShardNames.read(bytes) } catch {
        throw .lasting(.answer(url: address.text, what: error.what))
      }
    }
  }
}
