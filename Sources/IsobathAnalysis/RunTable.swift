// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMeasure
import IsobathRecord

/// A run's stored evidence as per-document rows: every measure of every spectrum, every prefix
/// entropy, every scalar, without the model.
package struct RunTable: Sendable {
  private let run: RunReader
  /// What every row of the run says.
  private let subject: Record
  private let entropies: [RenyiEntropy]
  /// Which positions become rows; nil for all.
  private let positions: Set<Int>?

  /// - Parameters:
  ///   - orders: of the Rényi entropies; the spectra are stored, so any can be asked for.
  ///   - positions: which of the stored prefixes become rows; `.log` keeps those that all
  ///     documents have in common, a document's own length is its whole entropy.
  package init(
    _ run: RunReader, orders: [Double] = RenyiEntropy.defaultOrders,
    positions: PositionPolicy = .log
  ) throws(AnalysisError) {
    self.run = run
    let names = run.manifest.subject
    // The id is a digest of all inputs: taken once, not for every row.
    subject = Record(
      run: run.manifest.id, family: run.manifest.inputs.family, model: names.model,
      revision: names.revision, corpus: names.corpus)
    // The grid's last length is a document's own, which is on the grid only by chance.
    self.positions = positions == .all ? nil : Set(positions.grid(tokens: .max).dropLast())
    var entropies: [RenyiEntropy] = []
    for order in orders {
      guard let entropy = RenyiEntropy(order: order) else { throw .order(order) }
      entropies.append(entropy)
    }
    self.entropies = entropies
  }

  /// Which documents to ask for at a time.
  package var pages: [Range<Int>] { run.pages() }

  /// The rows of some documents, in no particular order.
  package func rows(_ page: Range<Int>) throws(RecordError) -> [Record] {
    try evidence(page).flatMap(rows)
  }

  /// The rows of all documents, in the order of exported files.
  package func rows() throws(RecordError) -> [Record] {
    var rows: [Record] = []
    for page in pages { rows += try self.rows(page) }
    return rows.sortedForExport()
  }

  /// All documents' values for analyses; the rows themselves live only as long as their page.
  ///
  /// - Parameter isWanted: leaves out rows that no analysis will ask for.
  package func table(
    where isWanted: (Record) -> Bool = { _ in true }
  ) throws(AnalysisError) -> DocumentTable {
    var builder = DocumentTable.Builder()
    try add(to: &builder, where: isWanted)
    return try builder.table()
  }

  /// Puts those values into a table that holds other runs' as well.
  func add(
    to builder: inout DocumentTable.Builder, where isWanted: (Record) -> Bool
  ) throws(AnalysisError) {
    builder.widths[subject.run] = run.manifest.subject.width
    for page in pages {
      for document in try documents(page) {
        if !document.source.isEmpty { builder.sources[document.id] = document.source }
        for row in rows(document) where isWanted(row) { builder.add(row) }
      }
    }
  }

  private func documents(_ page: Range<Int>) throws(AnalysisError) -> [DocumentRow] {
    do throws(RecordError) { return try evidence(page) } catch { throw .run(error) }
  }

  private func evidence(_ page: Range<Int>) throws(RecordError) -> [DocumentRow] {
    try run.documents(page, parts: [.spectra, .positions, .scalars])
  }

  private func rows(_ document: DocumentRow) -> [Record] {
    document.spectra.flatMap { rows($0, of: document) }
      + document.positions.flatMap { rows($0, of: document) }
      + document.scalars.map { row($0, of: document) }
  }
}

extension RunTable {
  /// What the rows of one document at one site have in common.
  private func blank(
    _ document: DocumentRow, site: Int?, preparation: String = "", unit: String, note: String = ""
  ) -> Record {
    var row = subject
    row.document = document.id
    row.tokens = document.tokens
    row.site = site.map { run.sites[$0].name } ?? ""
    row.depth = site.map { run.sites[$0].depth }
    row.preparation = preparation
    row.unit = unit
    row.note = note
    return row
  }

  /// Every measure of one spectrum; the reason why there is none stands in each of them.
  private func rows(_ stored: SpectrumRow, of document: DocumentRow) -> [Record] {
    let spectrum = stored.eigenvalues.value.map { values in
      Spectrum(
        eigenvalues: values, tokens: stored.tokens, width: stored.width,
        droppedRows: stored.dropped, clipped: stored.clipped)
    }
    let note = stored.eigenvalues.reason ?? Self.note(dropped: stored.dropped)
    func row(_ measure: any SpectralMeasure, order: Double?) -> Record {
      var row = blank(
        document, site: stored.site, preparation: stored.preparation,
        unit: measure.unit.rawValue, note: note)
      row.measure = measure.id
      row.order = order
      guard let spectrum else { return row }
      row.estimate = measure(spectrum)
      if row.estimate == nil {
        row.note = "not defined for N = \(stored.tokens), d = \(stored.width)"
      }
      return row
    }
    return measures.map { row($0, order: nil) } + entropies.map { row($0, order: $0.order) }
  }

  private static func note(dropped: Int) -> String {
    dropped == 0 ? "" : "tokens without a direction, left out: \(dropped)"
  }

  /// The entropies of a document's prefixes.
  private func rows(_ stored: PositionRow, of document: DocumentRow) -> [Record] {
    let unit = MeasureUnit.nats.rawValue
    var row = blank(document, site: stored.site, preparation: stored.preparation, unit: unit)
    row.measure = stored.measure
    row.order = stored.order
    return zip(stored.positions, stored.estimates).compactMap { position, estimate in
      guard positions?.contains(Int(position)) ?? true else { return nil }
      row.position = Int(position)
      row.estimate = estimate
      return row
    }
  }

  private func row(_ stored: ScalarRow, of document: DocumentRow) -> Record {
    var row = blank(
      document, site: stored.site, unit: stored.unit, note: stored.estimate.reason ?? "")
    row.measure = stored.name
    row.estimate = stored.estimate.value
    return row
  }
}
