// SPDX-License-Identifier: GPL-3.0-or-later

/// Brings one file of a commit into the cache: asks what it is, gets what is missing of it, checks it,
/// and only then gives it its name.
struct BlobDownload {
  let session: HubSession
  let writer: SnapshotWriter
  let file: HubFile
  /// What happens, in the words of the file alone.
  let tell: (HubEvent.Step) -> Void

  func callAsFunction() throws(HubError) {
    let source = try session.retries { () throws(Trouble) in
      try BlobSource.ask(session, file, commit: writer.commit)
    }
    let (cache, id) = (writer.cache, writer.id)
    let blob = cache.blob(id, source.etag)
    try SmallFile.makeFolder(SmallFile.parent(of: blob))
    let lock = try BlobLock(cache.lock(id, source.etag), session: session) { tell(.waiting) }
    defer { withExtendedLifetime(lock) {} }
    // Another process may have brought it while this one waited.
    if writer.usesLinks, SmallFile.size(blob) == source.bytes {
      try writer.show(source.etag, as: file.name)
      tell(.done(source.bytes))
      return
    }
    let partial = try PartialFile(blob + ".incomplete", write: session.machine.write)
    try fill(partial, from: source)
    try partial.sync()
    try writer.keep(partial, as: source.etag, named: file.name)
    tell(.done(source.bytes))
  }

  /// A file that went on from an earlier try and is not what was announced is got once more from its
  /// start: its old part may be what was damaged.
  private func fill(_ partial: PartialFile, from source: BlobSource) throws(HubError) {
    let isResumed = partial.bytes > 0
    try receive(partial, from: source)
    guard let fault = try fault(partial, source) else { return }
    guard isResumed else { throw try removing(partial, fault) }
    try partial.clear()
    try receive(partial, from: source)
    if let fault = try self.fault(partial, source) { throw try removing(partial, fault) }
  }

  private func receive(_ partial: PartialFile, from source: BlobSource) throws(HubError) {
    do throws(HubError) {
      try session.retries(progress: { partial.bytes }) { () throws(Trouble) in
        try source.receive(session, partial) { tell(.receiving($0, of: source.bytes)) }
      }
    } catch {
      if case .wrongSize = error { partial.remove() }
      throw error
    }
  }

  /// What the whole file's digests contradict, nil when it is what was announced.
  private func fault(
    _ partial: PartialFile, _ source: BlobSource
  ) throws(HubError) -> HubError? {
    tell(.checking(source.bytes))
    for expected in source.digests {
      guard let found = try partial.digest(as: expected, isCancelled: session.isCancelled) else {
        throw .cancelled(id: "\(session.id)")
      }
      if found != expected {
        return .wrongDigest(file: file.name, found: found.hex, expected: expected.hex)
      }
    }
    return nil
  }

  private func removing(_ partial: PartialFile, _ error: HubError) throws(HubError) -> HubError {
    partial.remove()
    return error
  }
}
