// SPDX-License-Identifier: GPL-3.0-or-later

/// A model's files on this machine.
package struct HubSnapshot: Sendable, Equatable {
  /// The folder of the commit, or the GGUF file that the id names.
  package let path: String
  /// 40 hexadecimal digits.
  package let commit: String

  package init(path: String, commit: String) {
    self.path = path
    self.commit = commit
  }
}

/// What the cache has of a model.
package enum CacheAnswer: Sendable, Equatable {
  case complete(HubSnapshot)
  /// Names of what a survey needs and the cache lacks.
  case missing([String])
}

/// The cache that Python's client keeps, in its layout: `models--org--name` with `refs`, `blobs` and
/// `snapshots`; a snapshot's files are links to blobs.
/// The source is huggingface_hub 2.4, `file_download.py`.
package struct HubCache: Sendable {
  package let root: String

  package init(_ root: String) { self.root = root }

  /// `models--org--name`.
  static func folderName(_ id: HubID) -> String {
    "models--" + id.name.split(separator: "/").joined(separator: "--")
  }

  func folder(_ id: HubID) -> String { "\(root)/\(HubCache.folderName(id))" }

  func blob(_ id: HubID, _ etag: String) -> String { "\(folder(id))/blobs/\(etag)" }

  func snapshot(_ id: HubID, _ commit: String) -> String { "\(folder(id))/snapshots/\(commit)" }

  func ref(_ id: HubID) -> String { "\(folder(id))/refs/\(id.revision)" }

  func lock(_ id: HubID, _ etag: String) -> String {
    "\(root)/.locks/\(HubCache.folderName(id))/\(etag).lock"
  }

  /// An empty file that says that a commit has no file of this name.
  func absence(_ id: HubID, _ commit: String, _ name: String) -> String {
    "\(folder(id))/.no_exist/\(commit)/\(name)"
  }

  /// What the id names on disk once its files are there.
  func place(_ id: HubID, _ commit: String) -> HubSnapshot {
    let folder = snapshot(id, commit)
    return HubSnapshot(path: id.file.map { "\(folder)/\($0)" } ?? folder, commit: commit)
  }

  /// The commit that a revision means here, nil when the cache does not know it.
  package func commit(_ id: HubID) throws(HubError) -> String? {
    if id.isPinned { return id.revision }
    let path = ref(id)
    guard let bytes = try SmallFile.read(path, limit: 1 << 10) else { return nil }
    let end = bytes.lastIndex { ![0x0A, 0x0D, 0x20].contains($0) }.map { $0 + 1 } ?? 0
    let text = String(decoding: bytes[..<end], as: UTF8.self)
    guard HubID.isCommit(text) else { throw .cache(path: path, .notACommit(text)) }
    return text
  }

  /// Looks for everything that a survey of the model needs.
  package func find(_ id: HubID) throws(HubError) -> CacheAnswer {
    guard let commit = try commit(id) else { return .missing(["revision \(id.revision)"]) }
    let missing = try SnapshotCheck(cache: self, id: id, commit: commit).missing()
    return missing.isEmpty ? .complete(place(id, commit)) : .missing(missing)
  }
}
