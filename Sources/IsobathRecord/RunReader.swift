// SPDX-License-Identifier: GPL-3.0-or-later

/// Which evidence of documents to read.
package struct EvidenceParts: OptionSet, Sendable {
  package let rawValue: Int

  package init(rawValue: Int) { self.rawValue = rawValue }

  package static let spectra = EvidenceParts(rawValue: 1)
  package static let positions = EvidenceParts(rawValue: 2)
  package static let pooled = EvidenceParts(rawValue: 4)
  package static let scalars = EvidenceParts(rawValue: 8)
  package static let tokens = EvidenceParts(rawValue: 16)
  package static let activations = EvidenceParts(rawValue: 32)
  package static let all: EvidenceParts = [
    .spectra, .positions, .pooled, .scalars, .tokens, .activations,
  ]
}

/// Reads a run, also one that is being written: what was committed when it was opened.
///
/// Evidence is read a page of documents at a time, so that memory does not grow with the corpus:
///
/// ```swift
/// let run = try RunReader(folder: "runs/mine")
/// for page in run.pages() {
///   for document in try run.documents(page, parts: .spectra) { … }
/// }
/// ```
package struct RunReader: Sendable {
  package let folder: String
  package let manifest: RunManifest
  /// In the order that evidence names them by.
  package let sites: [SiteRow]
  /// How many documents are stored: the first ones of the corpus.
  package let completed: Int
  private let store: Store

  /// - Throws: `RecordError`, for a folder that is no run, or a run that is damaged or newer.
  package init(folder: String) throws(RecordError) {
    self.folder = folder
    manifest = try RunManifest(folder: folder)
    let path = Folder.join(folder, Schema.fileName)
    guard Folder.exists(path) else { throw .notARun(folder: folder, missing: Schema.fileName) }
    let store = try Store(path, .read)
    let run = manifest.inputs.digest.hex
    (sites, completed) = try store.read { db in
      guard try Schema.check(db, path: path) == .ready else { return ([], 0) }
      let content = Content(db, path: path)
      return (try content.sites(), try content.completed(run: run))
    }
    self.store = store
  }

  /// Whether every document of the corpus is stored.
  package var isComplete: Bool { completed == manifest.inputs.documents }

  /// Stored documents in order, a few at a time.
  package func pages(of size: Int = 16) -> [Range<Int>] {
    stride(from: 0, to: completed, by: size).map { $0..<min($0 + size, completed) }
  }

  /// Documents with these indices, and the evidence that is wanted.
  package func documents(
    _ range: Range<Int>, parts: EvidenceParts = .all
  ) throws(RecordError) -> [DocumentRow] {
    precondition(range.upperBound <= completed, "document \(range.upperBound - 1) of \(completed)")
    return try store.read { db in
      try Content(db, path: store.path).documents(range, parts, sites: sites.count)
    }
  }

  /// The spectra at one site under one preparation, with their documents' indices.
  package func spectra(
    _ range: Range<Int>, site: Int, preparation: String
  ) throws(RecordError) -> [(document: Int, spectrum: SpectrumRow)] {
    try store.read { db in
      try Content(db, path: store.path).spectra(range, site: site, preparation: preparation)
    }
  }

  /// The sites that have moments of all tokens, as indices.
  package func momentSites() throws(RecordError) -> [Int] {
    try store.read { db in
      try Content(db, path: store.path).momentSites(of: sites.count)
    }
  }

  /// The moments of all tokens at one site, one for each block of documents; none unless the survey
  /// was asked for them.
  package func moments(site: Int) throws(RecordError) -> [MomentRow] {
    try store.read { db in try Content(db, path: store.path).moments(site: site) }
  }

  /// One measure without an order along documents, at one site under one preparation.
  package func curves(
    _ range: Range<Int>, site: Int, preparation: String, measure: String
  ) throws(RecordError) -> [(document: Int, curve: PositionRow)] {
    try store.read { db in
      try Content(db, path: store.path).curves(
        range, site: site, preparation: preparation, measure: measure)
    }
  }

  /// Which kinds of pooled rows the run has, and at which sites: by site, then by kind.
  package func pooledKinds() throws(RecordError) -> [(site: Int, kind: String)] {
    try store.read { db in
      try Content(db, path: store.path).pooledKinds(sites: sites.count)
    }
  }

  /// The pooled rows of one kind at one site in the order of documents; a document may lack one.
  ///
  /// - Parameters:
  ///   - site: index into the run's sites.
  ///   - kind: such as `mean`.
  /// - Returns: the documents' indices with their rows, all of one length.
  package func pooled(
    site: Int, kind: String
  ) throws(RecordError) -> [(document: Int, row: PooledRow)] {
    precondition(sites.indices.contains(site), "site \(site) of \(sites.count)")
    return try store.read { db in
      try Content(db, path: store.path).pooled(0..<completed, site: site, kind: kind)
    }
  }
}
