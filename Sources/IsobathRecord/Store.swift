// SPDX-License-Identifier: GPL-3.0-or-later
import GRDB

/// A connection to `run.sqlite`, whose errors are the target's own.
///
/// Rollback journal, `synchronous=FULL`, foreign keys on. A writer waits up to half a minute for readers
/// to let go, a reader for a commit.
struct Store: Sendable {
  let path: String
  private let queue: DatabaseQueue

  enum Mode {
    case read
    case write
  }

  private static let patience = 30.0

  init(_ path: String, _ mode: Mode) throws(RecordError) {
    self.path = path
    queue = try Store.mapped(path) {
      do {
        return try Store.queue(path, mode)
      } catch let error as DatabaseError
        where mode == .read && error.extendedResultCode == .SQLITE_READONLY_ROLLBACK
      {
        // A process was killed in a commit. Whoever may write takes the half of it back; SQLite does
        // so under its own locks.
        try Store.queue(path, .write).close()
        return try Store.queue(path, mode)
      }
    }
  }

  private static func queue(_ path: String, _ mode: Mode) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = mode == .read
    configuration.busyMode = .timeout(patience)
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA trusted_schema = OFF")
      try db.execute(sql: "PRAGMA cell_size_check = ON")
      guard mode == .write else { return }
      // Blobs of a few kilobytes leave a third of small pages empty; no effect on an existing store.
      try db.execute(sql: "PRAGMA page_size = 32768")
      try db.execute(sql: "PRAGMA journal_mode = DELETE")
      try db.execute(sql: "PRAGMA synchronous = FULL")
    }
    // SQLite would take a path that begins with `file:` for a URI, and `:memory:` for no file at all.
    let plain = path.hasPrefix("/") ? path : "./" + path
    return try DatabaseQueue(path: plain, configuration: configuration)
  }

  /// Reads in one transaction; short ones, since a writer cannot commit meanwhile.
  func read<Value>(_ body: (Database) throws -> Value) throws(RecordError) -> Value {
    try Store.mapped(path) { try queue.read(body) }
  }

  /// One transaction: everything or nothing.
  func write<Value>(_ body: (Database) throws -> Value) throws(RecordError) -> Value {
    try Store.mapped(path) { try queue.write(body) }
  }

  func close() throws(RecordError) {
    try Store.mapped(path) { try queue.close() }
  }

  private static func mapped<Value>(
    _ path: String, _ body: () throws -> Value
  ) throws(RecordError) -> Value {
    do {
      return try body()
    } catch let error as RecordError {
      throw error
    } catch let error as DatabaseError {
      throw RecordError(
        sqlite: error.extendedResultCode.rawValue, error.message ?? "no message", path: path)
    } catch {
      throw .damaged(path: path, "\(error)")
    }
  }
}

extension RecordError {
  /// - Parameter code: SQLite's result code, extended or not.
  package init(sqlite code: Int32, _ message: String, path: String) {
    switch ResultCode(rawValue: code).primaryResultCode {
    case .SQLITE_FULL: self = .cannotWrite(path: path, .noSpace)
    case .SQLITE_READONLY: self = .cannotWrite(path: path, .readOnly)
    case .SQLITE_PERM, .SQLITE_AUTH: self = .cannotWrite(path: path, .denied)
    case .SQLITE_IOERR: self = .cannotWrite(path: path, .device(message))
    case .SQLITE_CANTOPEN: self = .cannotCreate(path: path, .device(message))
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path: path)
    case .SQLITE_NOTADB: self = .foreign(path: path)
    case .SQLITE_CORRUPT: self = .damaged(path: path, message)
    default: self = .sqlite(path: path, code: Int(code), message)
    }
  }
}
