// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathAnalysis
import IsobathRecord
import IsobathStatistics
import IsobathTestSupport

/// Runs on disk that are to be compared.
struct PairedSample {
  var model = "base"
  var blocks = 6
  var documents = 24
  var tokens = 40
  var corpus = "corpus"
  var details = [Setting("tokenizer", SettingValue("bytes"))]
  var options = [
    Setting("preparations", .list([SettingValue("paper")])),
    Setting("orders", .list([SettingValue(0.5), SettingValue(1), SettingValue(2)])),
    Setting("max-tokens", SettingValue(64)),
  ]
  var family = "llama"
  /// Tokens of a document, for its digest.
  var ids: (Int) -> [Int32] = { [Int32($0)] }
  var id: (Int) -> String = { "doc-\($0)" }
  var cutFrom: Int?
  /// How many equal eigenvalues a document has at a depth: its entropies are ln of it.
  var rank: (_ document: Int, _ depth: Int) -> Int = { document, depth in 4 + document + depth }
  /// Whether mean states are kept, and what is added to them.
  var noise: Double?

  private var sites: [SiteRow] {
    (0...blocks).map {
      SiteRow(
        name: "residual.\($0)", kind: "residual", number: $0, depth: Double($0) / Double(blocks))
    }
  }

  /// Writes the run and opens it.
  func run() throws -> RunReader {
    let folder = try Fixtures.temporaryFolder("paired").path(percentEncoded: false)
    let manifest = RunManifest(
      inputs: RunInputs(
        family: family,
        files: [
          RunInputs.File(name: "w", bytes: 1, digest: Digest(of: model))
        ], configuration: Digest(of: ""), tokenizer: Digest(of: ""), documents: documents,
        corpus: Digest(of: corpus), options: options, code: "1"),
      subject: RunSubject(
        model: model, corpus: "texts", blocks: blocks, width: 64, details: details),
      sessions: [RunSession(started: "2026-01-02T03:04:05Z", isobath: "1")])
    let writer = try RunWriter(folder: folder, manifest: manifest, sites: sites)
    try writer.write(batch: (0..<documents).map(document))
    try writer.close()
    return try RunReader(folder: folder)
  }

  private func document(_ number: Int) -> DocumentRow {
    let spectra = sites.indices.map { Runs.flat($0, rank: rank(number, $0), tokens: tokens) }
    let positions = sites.indices.map { site in
      PositionRow(
        site: site, preparation: "paper", measure: "entropy", order: nil, positions: [2, 3],
        estimates: [log(2.0), log(Double(rank(number, site)))])
    }
    return DocumentRow(
      id: id(number), digest: Digest(ofTokens: ids(number)), tokens: tokens, cutFrom: cutFrom,
      spectra: spectra, positions: positions, pooled: pooled(number))
  }

  private func pooled(_ number: Int) -> [PooledRow] {
    guard let noise else { return [] }
    let own = RandomStream(seed: 1, purpose: "noise", group: "\(model) \(number)")
    let shared = RandomStream(seed: 1, purpose: "states", group: "\(number)")
    let state = (0..<8).map { _ in Float(shared.gaussian() + noise * own.gaussian()) }
    return sites.indices.map { PooledRow(site: $0, kind: "mean", state: state) }
  }
}

extension PairedSample {
  /// The same documents in another model.
  func tuned(_ change: (inout PairedSample) -> Void) -> PairedSample {
    var sample = self
    sample.model = "tuned"
    change(&sample)
    return sample
  }

  static func options(
    threads: Int = 1, margin: Double = ComparisonOptions.usualMargin,
    kind: ComparisonKind? = nil, pairing: ComparisonOptions.Pairing = .paired,
    depths: ComparisonOptions.Depths = .equal
  ) throws -> ComparisonOptions {
    try ComparisonOptions(
      AnalysisOptions(seed: 1, resamples: 1000, threads: threads), margin: margin, kind: kind,
      pairing: pairing, depths: depths)
  }

  static func compare(
    _ base: PairedSample, _ tuned: PairedSample, _ options: ComparisonOptions? = nil
  ) throws -> Comparison {
    try Comparison(
      bases: [base.run()], tuned: tuned.run(), options ?? PairedSample.options())
  }
}

extension Comparison {
  /// The rows of one analysis about the matrix entropy of whole documents.
  func rows(_ analysis: ComparisonAnalysis, _ measure: String = "entropy") -> [Record] {
    rows.filter {
      $0.analysis == analysis.id && $0.measure == measure && $0.position == nil
    }
  }
}
