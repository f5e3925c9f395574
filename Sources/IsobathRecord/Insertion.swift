// SPDX-License-Identifier: GPL-3.0-or-later
import GRDB

/// Puts one document's evidence into the tables.
struct Insertion {
  private let db: Database
  private let document: Int
  private let sites: Int

  /// - Parameters:
  ///   - document: its index in the corpus.
  ///   - sites: how many the run has.
  init(_ db: Database, document: Int, sites: Int) {
    self.db = db
    self.document = document
    self.sites = sites
  }

  func insert(_ row: DocumentRow) throws {
    guard
      try Int.fetchOne(db, sql: "SELECT 1 FROM document WHERE id = ?", arguments: [row.id]) == nil
    else { throw RecordError.duplicateDocument(id: row.id) }
    try run(
      "INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      [
        document, row.id, row.digest.hex, row.tokens, row.cutFrom, row.source, row.excerpt,
        row.note,
      ])
    for spectrum in row.spectra { try insert(spectrum) }
    for position in row.positions { try insert(position) }
    for pooled in row.pooled { try insert(pooled) }
    for scalar in row.scalars { try insert(scalar) }
    for activation in row.activations { try insert(activation) }
    if let text = row.text {
      try run("INSERT INTO token VALUES (?, ?, ?)", [document, Blob.data(text.ids), text.json])
    }
  }

  private func insert(_ row: ActivationRow) throws {
    check(row.value.isFinite ? nil : "an activation is not finite", site: row.site)
    try run(
      "INSERT INTO activation VALUES (?, ?, ?, ?, ?)",
      [document, row.site, row.position, row.feature, row.value])
  }

  private func insert(_ row: SpectrumRow) throws {
    check(row.fault, site: row.site)
    try run(
      "INSERT INTO spectrum VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      [
        document, row.site, row.preparation, row.tokens, row.width, row.dropped, row.clipped,
        row.eigenvalues.value.map { Blob.data($0) }, row.eigenvalues.reason,
      ])
  }

  private func insert(_ row: PositionRow) throws {
    check(row.fault, site: row.site)
    try run(
      "INSERT INTO position VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      [
        document, row.site, row.preparation, row.measure, row.order, Blob.data(row.storedPositions),
        Blob.data(row.estimates), row.reason,
      ])
  }

  private func insert(_ row: PooledRow) throws {
    check(row.fault, site: row.site)
    try run(
      "INSERT INTO pooled VALUES (?, ?, ?, ?)",
      [document, row.site, row.kind, Blob.data(row.state)])
  }

  private func insert(_ row: ScalarRow) throws {
    check(row.fault, site: row.site)
    try run(
      "INSERT INTO scalar VALUES (?, ?, ?, ?, ?, ?)",
      [document, row.site, row.name, row.estimate.value, row.unit, row.estimate.reason])
  }

  /// Puts a moment in the place of the one that its documents' forerunners had.
  static func replace(_ row: MomentRow, in db: Database) throws {
    precondition(row.fault == nil, row.fault ?? "")
    try db.cachedStatement(sql: "INSERT OR REPLACE INTO moment VALUES (?, ?, ?, ?, ?)").execute(
      arguments: [row.site, row.block, row.tokens, Blob.data(row.mean), Blob.data(row.moment)])
  }

  /// What could not be read back is not written: it is a mistake of the program.
  private func check(_ fault: String?, site: Int?) {
    precondition(fault == nil, "document \(document), site \(site ?? -1): \(fault ?? "")")
    precondition(site ?? 0 < sites, "site \(site ?? -1) of \(sites)")
  }

  private func run(_ sql: String, _ values: [(any DatabaseValueConvertible)?]) throws {
    try db.cachedStatement(sql: sql).execute(arguments: StatementArguments(values))
  }
}
