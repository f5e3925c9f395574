// SPDX-License-Identifier: GPL-3.0-or-later
import GRDB

/// What a run store holds, within one transaction.
struct Content {
  private let db: Database
  private let path: String

  init(_ db: Database, path: String) {
    self.db = db
    self.path = path
  }

  private func rows(_ sql: String, _ arguments: StatementArguments = []) throws -> [Fields] {
    try Row.fetchAll(db.cachedStatement(sql: sql), arguments: arguments)
      .map { Fields($0, path: path) }
  }

  /// How many documents are stored, once it is sure that they are this run's first ones.
  ///
  /// - Parameter sites: what the store must have; nil to take what it has.
  func completed(run: String, sites expected: [SiteRow]? = nil) throws -> Int {
    let stored = try rows("SELECT value FROM meta WHERE key = 'run'").map { try $0.text("value") }
    guard stored == [run] else {
      throw RecordError.damaged(path: path, "it belongs to another run than run.json")
    }
    if let expected, try sites() != expected {
      throw RecordError.damaged(path: path, "its sites are not those of the run")
    }
    let counts = try rows("SELECT COUNT(*) AS n, MAX(ordinal) AS last FROM document")
    let (count, last) = try counts.map { (try $0.count("n"), try $0.optionalCount("last")) }[0]
    guard count == last.map({ $0 + 1 }) ?? 0 else {
      throw RecordError.damaged(path: path, "documents are missing between others")
    }
    return count
  }

  func sites() throws -> [SiteRow] {
    try rows("SELECT * FROM site ORDER BY ordinal").map(SiteRow.init)
  }

  /// Documents in the order of the corpus with the evidence that is wanted.
  func documents(_ range: Range<Int>, _ parts: EvidenceParts, sites: Int) throws -> [DocumentRow] {
    let arguments: StatementArguments = [range.lowerBound, range.upperBound]
    var documents = try rows(
      "SELECT * FROM document WHERE ordinal >= ? AND ordinal < ? ORDER BY ordinal", arguments
    ).map(DocumentRow.init)
    guard documents.count == range.count else {
      throw RecordError.damaged(path: path, "documents are missing between others")
    }
    func each(_ part: EvidenceParts, _ table: String, _ add: (Int, Fields) throws -> Void) throws {
      guard parts.contains(part) else { return }
      let sql = """
        SELECT * FROM \(table) WHERE document >= ? AND document < ? ORDER BY document, rowid
        """
      for fields in try rows(sql, arguments) {
        guard try fields.optionalCount("site") ?? 0 < sites else {
          throw fields.damaged("a \(table) names a site that the run lacks")
        }
        try add(try fields.count("document") - range.lowerBound, fields)
      }
    }
    try each(.spectra, "spectrum") { documents[$0].spectra.append(try SpectrumRow($1)) }
    try each(.positions, "position") { documents[$0].positions.append(try PositionRow($1)) }
    try each(.pooled, "pooled") { documents[$0].pooled.append(try PooledRow($1)) }
    try each(.scalars, "scalar") { documents[$0].scalars.append(try ScalarRow($1)) }
    if try db.tableExists("token") {
      try each(.activations, "activation") {
        documents[$0].activations.append(try ActivationRow($1))
      }
      try addTokens(to: &documents, range, parts)
    }
    return documents
  }

  private func addTokens(
    to documents: inout [DocumentRow], _ range: Range<Int>, _ parts: EvidenceParts
  ) throws {
    guard parts.contains(.tokens) else { return }
    let sql = "SELECT * FROM token WHERE document >= ? AND document < ?"
    for fields in try rows(sql, [range.lowerBound, range.upperBound]) {
      let place = try fields.count("document") - range.lowerBound
      documents[place].text = try TokenRow(fields, of: documents[place])
    }
  }

  /// The moments at one site, by block; none in a store that keeps none.
  func moments(site: Int) throws -> [MomentRow] {
    guard try db.tableExists("moment") else { return [] }
    return try rows("SELECT * FROM moment WHERE site = ? ORDER BY block", [site])
      .map(MomentRow.init)
  }

  /// The sites that have moments.
  func momentSites(of sites: Int) throws -> [Int] {
    guard try db.tableExists("moment") else { return [] }
    return try rows("SELECT DISTINCT site FROM moment ORDER BY site").map { fields in
      let site = try fields.count("site")
      guard site < sites else { throw fields.damaged("a moment names a site that the run lacks") }
      return site
    }
  }

  /// One block's moment at one site.
  func moment(site: Int, block: Int) throws -> MomentRow? {
    try rows("SELECT * FROM moment WHERE site = ? AND block = ?", [site, block])
      .map(MomentRow.init).first
  }

  /// The spectra of one site under one preparation, by document.
  func spectra(
    _ range: Range<Int>, site: Int, preparation: String
  ) throws -> [(document: Int, spectrum: SpectrumRow)] {
    try rows(
      """
      SELECT * FROM spectrum WHERE document >= ? AND document < ? AND site = ? AND preparation = ?
      ORDER BY document
      """, [range.lowerBound, range.upperBound, site, preparation]
    ).map { (try $0.count("document"), try SpectrumRow($0)) }
  }

  /// One measure without an order over the positions of documents, at one site under one preparation.
  func curves(
    _ range: Range<Int>, site: Int, preparation: String, measure: String
  ) throws -> [(document: Int, curve: PositionRow)] {
    try rows(
      """
      SELECT * FROM position WHERE document >= ? AND document < ? AND site = ? AND preparation = ?
      AND measure = ? AND renyi_order IS NULL ORDER BY document
      """, [range.lowerBound, range.upperBound, site, preparation, measure]
    ).map { (try $0.count("document"), try PositionRow($0)) }
  }

  /// Which kinds of pooled rows there are, and at which sites.
  func pooledKinds(sites: Int) throws -> [(site: Int, kind: String)] {
    try rows("SELECT DISTINCT site, kind FROM pooled ORDER BY site, kind").map { fields in
      let site = try fields.count("site")
      guard site < sites else { throw fields.damaged("a pooled names a site that the run lacks") }
      return (site, try fields.text("kind"))
    }
  }

  /// The pooled rows of one kind at one site, by document, all of one length.
  ///
  /// Documents lead, each with one look into the index; the index itself has documents before sites.
  func pooled(
    _ range: Range<Int>, site: Int, kind: String
  ) throws -> [(document: Int, row: PooledRow)] {
    var width: Int?
    return try rows(
      """
      SELECT pooled.* FROM document CROSS JOIN pooled
      ON pooled.document = document.ordinal AND pooled.site = ? AND pooled.kind = ?
      WHERE document.ordinal >= ? AND document.ordinal < ? ORDER BY document.ordinal
      """, [site, kind, range.lowerBound, range.upperBound]
    ).map { fields in
      let row = try PooledRow(fields)
      guard row.state.count == width ?? row.state.count, !row.state.isEmpty else {
        throw fields.damaged("pooled states of one site have unlike lengths")
      }
      width = row.state.count
      return (try fields.count("document"), row)
    }
  }
}
