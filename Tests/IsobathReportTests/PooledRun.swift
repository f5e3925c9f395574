// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathRecord
import IsobathStatistics
import IsobathTestSupport

/// A made-up run with every kind of pooled rows: documents are points of a latent space that layers
/// scale, the later half of them along other axes than the first.
struct PooledRun {
  var documents = 40
  var width = 48
  var blocks = 8
  /// t of the kinds `at.<t>`.
  var positions = [1, 4, 16]
  var hasViews = true
  /// Whether layers differ in how steep their spectra are.
  var isCurved = true

  private var sites: [SiteRow] {
    (0...blocks).map { block in
      SiteRow(
        name: "residual.\(block)", kind: "residual", number: block,
        depth: Double(block) / Double(blocks))
    } + [SiteRow(name: "final-norm", kind: "final-norm", number: nil, depth: 1)]
  }

  func reader() throws -> RunReader {
    let folder = try Fixtures.temporaryFolder("run").path(percentEncoded: false)
    let manifest = RunManifest(
      inputs: RunInputs(
        family: "llama", files: [], configuration: Digest(of: ""), tokenizer: Digest(of: ""),
        documents: documents, corpus: Digest(of: "corpus"),
        options: [
          Setting("preparations", .list([.text("paper")])), Setting("orders", .list([.number(1)])),
        ], code: "1"),
      subject: RunSubject(
        model: "made-up", corpus: "points", blocks: blocks, width: width),
      sessions: [RunSession(started: "2026-01-02T03:04:05Z", isobath: "1")])
    let writer = try RunWriter(folder: folder, manifest: manifest, sites: sites)
    let stream = RandomStream(seed: 5, purpose: "made-up run")
    for start in stride(from: 0, to: documents, by: 20) {
      try writer.write(
        batch: (start..<min(start + 20, documents)).map { document($0, stream) })
    }
    try writer.close()
    return try RunReader(folder: folder)
  }

  private func document(_ number: Int, _ stream: RandomStream) -> DocumentRow {
    let latent = (0..<2).map { _ in (0..<width).map { _ in stream.gaussian() } }
    let level = stream.gaussian(sigma: 0.1)
    var row = DocumentRow(
      id: "doc-\(number)", digest: Digest(ofTokens: [Int32(number)]), tokens: 20,
      source: number < 6 ? "one book" : "")
    for (index, site) in sites.enumerated() {
      // Steepest in the middle.
      let slope = 0.2 + (isCurved ? 4 * site.depth * (1 - site.depth) : 0)
      row.spectra.append(
        SpectrumRow(
          site: index, preparation: "paper", tokens: 20, width: width,
          eigenvalues: .value(shares(20, slope + 0.3 + level))))
      func add(_ kind: String, noise: Double) {
        let state = (0..<width).map { column in
          let late = site.depth > 0.55 ? 1 : 0
          let place = late == 1 ? width - 1 - column : column
          let value = latent[late][column] + stream.gaussian(sigma: noise)
          return Float(value * pow(Double(place + 1), -slope / 2))
        }
        row.pooled.append(PooledRow(site: index, kind: kind, state: state))
      }
      add("mean", noise: 0.05)
      add("last", noise: 0.8)
      for t in positions where t < 16 || number % 4 != 0 { add("at.\(t)", noise: 2 / Double(t)) }
      if hasViews {
        for view in 1...2 { add("view.\(view)", noise: 0.6 + 2 * abs(site.depth - 0.4)) }
      }
    }
    return row
  }

  private func shares(_ count: Int, _ slope: Double) -> [Double] {
    let values = (1...count).map { pow(Double($0), -slope) }
    let sum = values.reduce(0, +)
    return values.map { $0 / sum }
  }
}
