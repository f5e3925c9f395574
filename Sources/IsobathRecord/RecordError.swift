// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

/// What can go wrong with a run's folder, or with any file that is written.
package enum RecordError: Error, Equatable {
  // MARK: Files
  /// A file or folder cannot be made (exit code 73).
  case cannotCreate(path: String, SystemFault)
  /// A folder for a run holds something that is no run (exit code 73).
  case occupied(folder: String, by: String)
  /// Writing failed on the way (exit code 74).
  case cannotWrite(path: String, SystemFault)
  /// Reading failed (exit code 74, or 66 when it is `SystemFault.missing`).
  case cannotRead(path: String, SystemFault)

  // MARK: Runs (exit code 66 for the first, 65 for the others)
  /// The folder lacks a file that every run has.
  case notARun(folder: String, missing: String)
  case manifest(path: String, ManifestFault)
  /// Written by a later version of Isobath.
  case newer(path: String, found: Int, supported: Int)
  /// Not a run store.
  case foreign(path: String)
  case damaged(path: String, String)
  case duplicateDocument(id: String)

  // MARK: Who may write (exit code 75 for the first two, 78 for the last)
  case locked(folder: String, holder: LockHolder?)
  /// SQLite could not get at the file while another process read or wrote it.
  case busy(path: String)
  /// The folder holds a run of other inputs.
  case differs(folder: String, [RunDifference])

  /// A failure of SQLite that none of the others describes (exit code 70).
  case sqlite(path: String, code: Int, String)
}

extension RecordError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .cannotCreate(let path, let fault): "cannot create '\(path)': \(fault)"
    case .occupied(let folder, let name):
      """
      '\(folder)' is not empty and holds no run (there is '\(VisibleText.escaped(name))'): give a \
      new folder
      """
    case .cannotWrite(let path, let fault): "cannot write '\(path)': \(fault)"
    case .cannotRead(let path, let fault): "cannot read '\(path)': \(fault)"
    case .notARun(let folder, let missing):
      "'\(folder)' is not a run: it has no \(missing); give a folder that `isobath survey` wrote"
    case .manifest(let path, let fault): "'\(path)': \(fault)"
    case .newer(let path, let found, let supported):
      """
      '\(path)' has version \(found) of its format and this Isobath reads \(supported): use the \
      version that wrote it, or a later one
      """
    case .foreign(let path):
      "'\(path)' is not a run store of Isobath: give another folder, or move that file away"
    case .damaged(let path, let what):
      "'\(path)' is damaged (\(what)): restore a copy, or survey again into another folder"
    case .duplicateDocument(let id):
      "two documents have the id '\(id)': ids must differ, give one of them another"
    case .locked, .busy, .differs: whoMayWrite
    case .sqlite(let path, let code, let message): "'\(path)': SQLite error \(code): \(message)"
    }
  }

  private var whoMayWrite: String {
    switch self {
    case .locked(let folder, let holder):
      """
      '\(folder)' is being written by \(holder?.description ?? "another process"): wait for it, \
      end it, or give another folder
      """
    case .busy(let path): "'\(path)' is in use by another process: try again when it is done"
    case .differs(let folder, let differences):
      """
      '\(folder)' holds a run of other inputs (\(differences.map(\.description).joined(separator: "; "))): \
      give another folder, or the same inputs to resume
      """
    default: ""
    }
  }
}
