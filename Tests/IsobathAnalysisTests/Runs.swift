// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathRecord
import IsobathTestSupport

/// Small runs on disk whose spectra are known.
enum Runs {
  static let sites = [
    SiteRow(name: "residual.0", kind: "residual", number: 0, depth: 0),
    SiteRow(name: "residual.1", kind: "residual", number: 1, depth: 0.5),
    SiteRow(name: "residual.2", kind: "residual", number: 2, depth: 1),
    SiteRow(name: "final-norm", kind: "final-norm", number: nil, depth: 1),
  ]

  /// `rank` equal eigenvalues: every entropy is ln rank, every rank is `rank`.
  static func flat(_ site: Int, rank: Int, tokens: Int, dropped: Int = 0) -> SpectrumRow {
    SpectrumRow(
      site: site, preparation: "paper", tokens: tokens, width: 64, dropped: dropped,
      eigenvalues: .value([Double](repeating: 1 / Double(rank), count: rank)))
  }

  /// Writes the documents and opens the run that holds them.
  static func run(_ documents: [DocumentRow]) throws -> RunReader {
    let folder = try Fixtures.temporaryFolder("run").path(percentEncoded: false)
    let manifest = RunManifest(
      inputs: RunInputs(
        family: "llama", files: [], configuration: Digest(of: ""), tokenizer: Digest(of: ""),
        documents: documents.count, corpus: Digest(of: "corpus"), options: [], code: "1"),
      subject: RunSubject(
        model: "tiny", revision: "main", corpus: "flat", blocks: 2, width: 64),
      sessions: [RunSession(started: "2026-01-02T03:04:05Z", isobath: "1")])
    let writer = try RunWriter(folder: folder, manifest: manifest, sites: sites)
    try writer.write(batch: documents)
    try writer.close()
    return try RunReader(folder: folder)
  }

  static func document(
    _ number: Int, tokens: Int, source: String = "", _ spectra: [SpectrumRow],
    positions: [PositionRow] = [], scalars: [ScalarRow] = []
  ) -> DocumentRow {
    DocumentRow(
      id: "doc-\(number)", digest: Digest(ofTokens: [Int32(number)]), tokens: tokens,
      source: source, spectra: spectra, positions: positions, scalars: scalars)
  }
}
