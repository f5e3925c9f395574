// SPDX-License-Identifier: GPL-3.0-or-later
import GRDB

/// Writes a run: a new one, or the rest of one that was interrupted.
///
/// A run is a folder with `run.json` (`RunManifest`) and `run.sqlite` (`Schema`). Documents come in the
/// order of the corpus, in batches; each batch is one transaction, so a process that is killed leaves
/// whole batches, and a survey that goes on at `completed` ends with the same rows as one that was
/// never interrupted. One process writes at a time; others can read.
package final class RunWriter {
  package let folder: String
  /// Of the stored run: its sessions include those before this one.
  package private(set) var manifest: RunManifest
  /// How many documents are stored: the next batch begins with the document of this index.
  package private(set) var completed: Int

  private var lock: RunLock?
  private let store: Store
  private let sites: Int
  /// The session of this process, until its first batch is written.
  private var newSession: RunSession?

  /// Makes the folder, or takes up the run in it.
  ///
  /// - Parameters:
  ///   - manifest: of the survey that was asked for; its last session is this process's.
  ///   - sites: in the order that evidence names them by.
  /// - Throws: `RecordError.locked` when another process writes, `.differs` when the folder holds the
  ///   run of another question, `.occupied` when it holds something else.
  package init(
    folder: String, manifest: RunManifest, sites: [SiteRow]
  ) throws(RecordError) {
    self.folder = folder
    self.sites = sites.count
    try Folder.create(folder)
    try RunWriter.checkOwn(folder)
    lock = try RunLock(
      folder: folder, started: manifest.sessions.last?.started ?? "at no known time")

    let path = Folder.join(folder, Schema.fileName)
    if Folder.exists(Folder.join(folder, RunManifest.fileName)) {
      let stored = try RunManifest(folder: folder)
      let differences = manifest.inputs.differences(fromFolder: stored.inputs)
      guard differences.isEmpty else { throw .differs(folder: folder, differences) }
      self.manifest = stored
      newSession = manifest.sessions.last
    } else {
      guard !Folder.exists(path) else {
        throw .notARun(folder: folder, missing: RunManifest.fileName)
      }
      try manifest.write(toFolder: folder)
      self.manifest = manifest
    }
    store = try Store(path, .write)
    let run = manifest.inputs.digest.hex
    completed = try store.write { db in
      if try Schema.check(db, path: path) == .empty {
        try Schema.create(db, run: run, sites: sites)
      }
      return try Content(db, path: path).completed(run: run, sites: sites)
    }
  }

  /// A folder with other things in it is someone's: a run would be lost among them.
  private static func checkOwn(_ folder: String) throws(RecordError) {
    let own: Set = [
      RunManifest.fileName, Schema.fileName, Schema.fileName + "-journal", RunLock.fileName,
    ]
    let names = try Folder.names(folder)
    guard names.isEmpty || !own.isDisjoint(with: names) else {
      throw .occupied(folder: folder, by: names.min() ?? "")
    }
  }

  /// Stores the next documents of the corpus, all or none of them.
  ///
  /// - Parameters:
  ///   - batch: the documents.
  ///   - moments: of their tokens.
  ///   - merge: one moment of the tokens of two; documents that were stored before have theirs.
  package func write(
    batch: [DocumentRow], moments: [MomentRow] = [],
    merge: (MomentRow, MomentRow) -> MomentRow = { first, _ in first }
  ) throws(RecordError) {
    precondition(
      completed + batch.count <= manifest.inputs.documents,
      "\(completed) + \(batch.count) documents, and the corpus has \(manifest.inputs.documents)")
    if let session = newSession {
      manifest.sessions.append(session)
      try manifest.write(toFolder: folder)
      newSession = nil
    }
    let first = completed
    try store.write { db in
      for (index, document) in batch.enumerated() {
        try Insertion(db, document: first + index, sites: sites).insert(document)
      }
      for moment in moments {
        let stored = try Content(db, path: store.path).moment(
          site: moment.site, block: moment.block)
        try Insertion.replace(stored.map { merge($0, moment) } ?? moment, in: db)
      }
    }
    completed += batch.count
  }

  /// Notes in the manifest when the survey came to its end.
  ///
  /// - Parameter date: ISO 8601, in UTC.
  package func finish(at date: String) throws(RecordError) {
    guard newSession == nil, let last = manifest.sessions.indices.last else { return }
    manifest.sessions[last].finished = date
    try manifest.write(toFolder: folder)
  }

  /// Removes a run that has no document, and its folder when nothing else is in it.
  package func discard() throws(RecordError) {
    precondition(completed == 0, "a run of \(completed) documents is not discarded")
    try store.close()
    for name in [RunManifest.fileName, Schema.fileName] {
      try Folder.remove(Folder.join(folder, name))
    }
    lock = nil
    Folder.removeIfEmpty(folder)
  }

  /// Closes the store and lets others write. Nothing can be written after it.
  package func close() throws(RecordError) {
    try store.close()
    lock = nil
  }
}
