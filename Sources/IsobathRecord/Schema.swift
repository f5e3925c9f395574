// SPDX-License-Identifier: GPL-3.0-or-later
import GRDB

/// The tables of a run store, `run.sqlite`. SCHEMA.md beside this file describes them to those who read
/// them with other tools; a test holds its statements to these.
enum Schema {
  /// SQLite's `user_version`.
  static let version = 2
  /// SQLite's `application_id`: "Isob".
  static let applicationID: Int64 = 0x4973_6F62
  /// The store's name in the run's folder.
  static let fileName = "run.sqlite"

  static let tables = [
    meta, site, document, spectrum, position, pooled, scalar, token, activation, moment,
  ]
  /// The tables of a store of an older version: what it lacks is not kept there.
  private static func tables(version: Int64) -> [String] {
    version < 2 ? Array(tables.prefix(7)) : tables
  }

  private static let meta = """
    CREATE TABLE meta (
      key TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT
    """

  private static let site = """
    CREATE TABLE site (
      ordinal INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      number INTEGER,
      depth REAL NOT NULL
    ) STRICT
    """

  private static let document = """
    CREATE TABLE document (
      ordinal INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      digest TEXT NOT NULL,
      tokens INTEGER NOT NULL,
      cut_from INTEGER,
      source TEXT NOT NULL,
      excerpt TEXT NOT NULL,
      note TEXT NOT NULL
    ) STRICT
    """

  private static let spectrum = """
    CREATE TABLE spectrum (
      document INTEGER NOT NULL REFERENCES document,
      site INTEGER NOT NULL REFERENCES site,
      preparation TEXT NOT NULL,
      tokens INTEGER NOT NULL,
      width INTEGER NOT NULL,
      dropped INTEGER NOT NULL,
      clipped REAL NOT NULL,
      eigenvalues BLOB,
      reason TEXT,
      PRIMARY KEY (document, site, preparation),
      CHECK ((eigenvalues IS NULL) = (reason IS NOT NULL))
    ) STRICT
    """

  private static let position = """
    CREATE TABLE position (
      document INTEGER NOT NULL REFERENCES document,
      site INTEGER NOT NULL REFERENCES site,
      preparation TEXT NOT NULL,
      measure TEXT NOT NULL,
      renyi_order REAL,
      positions BLOB NOT NULL,
      estimates BLOB NOT NULL,
      reason TEXT,
      UNIQUE (document, site, preparation, measure, renyi_order)
    ) STRICT
    """

  private static let pooled = """
    CREATE TABLE pooled (
      document INTEGER NOT NULL REFERENCES document,
      site INTEGER NOT NULL REFERENCES site,
      kind TEXT NOT NULL,
      state BLOB NOT NULL,
      PRIMARY KEY (document, site, kind)
    ) STRICT
    """

  private static let scalar = """
    CREATE TABLE scalar (
      document INTEGER NOT NULL REFERENCES document,
      site INTEGER REFERENCES site,
      name TEXT NOT NULL,
      estimate REAL,
      unit TEXT NOT NULL,
      reason TEXT,
      UNIQUE (document, site, name),
      CHECK ((estimate IS NULL) = (reason IS NOT NULL))
    ) STRICT
    """

  private static let token = """
    CREATE TABLE token (
      document INTEGER PRIMARY KEY REFERENCES document,
      ids BLOB NOT NULL,
      texts TEXT NOT NULL
    ) STRICT
    """

  private static let activation = """
    CREATE TABLE activation (
      document INTEGER NOT NULL REFERENCES document,
      site INTEGER NOT NULL REFERENCES site,
      position INTEGER NOT NULL,
      feature INTEGER NOT NULL,
      value REAL NOT NULL,
      PRIMARY KEY (document, site, position, feature)
    ) STRICT
    """

  private static let moment = """
    CREATE TABLE moment (
      site INTEGER NOT NULL REFERENCES site,
      block INTEGER NOT NULL,
      tokens INTEGER NOT NULL,
      mean BLOB NOT NULL,
      moment BLOB NOT NULL,
      PRIMARY KEY (site, block)
    ) STRICT
    """

  /// What a store is found to be.
  enum State {
    /// Nothing in it: a process was killed before it made the tables.
    case empty
    case ready
  }

  /// Makes the tables, all or none.
  static func create(_ db: Database, run: String, sites: [SiteRow]) throws {
    for table in tables { try db.execute(sql: table) }
    try db.execute(
      sql: "INSERT INTO meta VALUES ('format', 'isobath.run'), ('run', ?)", arguments: [run])
    for (ordinal, site) in sites.enumerated() {
      try db.execute(
        sql: "INSERT INTO site VALUES (?, ?, ?, ?, ?)",
        arguments: [ordinal, site.name, site.kind, site.number, site.depth])
    }
    try db.execute(sql: "PRAGMA application_id = \(applicationID)")
    try db.execute(sql: "PRAGMA user_version = \(version)")
  }

  /// Looks whether this is a run store of a version that is known, with exactly its tables: a view or
  /// a trigger could make a query do anything.
  static func check(_ db: Database, path: String) throws -> State {
    let application = try Int64.fetchOne(db, sql: "PRAGMA application_id")
    let version = try Int64.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    let found = try Row.fetchAll(db, sql: "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
    if application == 0, version == 0, found.isEmpty { return .empty }
    guard application == applicationID else { throw RecordError.foreign(path: path) }
    guard version <= Schema.version else {
      throw RecordError.newer(path: path, found: Int(version), supported: Schema.version)
    }
    let statements = try found.map { try Fields($0, path: path).text("sql") }
    let tables = tables(version: version)
    guard Set(statements) == Set(tables), statements.count == tables.count else {
      throw RecordError.damaged(path: path, "its tables are not those of a run store")
    }
    return .ready
  }
}
