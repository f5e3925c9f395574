// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathMeasure
import IsobathRecord
import IsobathStatistics
import IsobathTestSupport

/// Rows drawn from a distribution whose covariance has known eigenvalues.
struct PooledSamples {
  var documents: Int
  var width: Int
  /// λ_i = i^(−decay).
  var decay = 1.0
  /// Added to every column.
  var offset = 0.0
  /// Rows that are this many times longer.
  var long: [Int: Float] = [:]

  var eigenvalues: [Double] { (1...width).map { pow(Double($0), -decay) } }

  /// H of the covariance.
  var entropy: Double {
    let sum = eigenvalues.reduce(0, +)
    return -eigenvalues.reduce(0) { $0 + $1 / sum * log($1 / sum) }
  }

  /// (tr Σ)²/tr Σ².
  var participationRatio: Double {
    let sum = eigenvalues.reduce(0, +)
    return sum * sum / eigenvalues.reduce(0) { $0 + $1 * $1 }
  }

  func rows(_ stream: RandomStream) -> [[Float]] {
    let sigmas = eigenvalues.map { $0.squareRoot() }
    return (0..<documents).map { row in
      let scale = long[row] ?? 1
      return sigmas.map { Float(offset + stream.gaussian(sigma: $0)) * scale }
    }
  }

  func rows(seed: UInt64) -> [[Float]] {
    rows(RandomStream(seed: seed, purpose: "pooled samples"))
  }
}

/// Runs on disk that have pooled rows.
enum PooledRuns {
  /// A run whose site s has, for document i, the rows `states(s)[i]` of each kind.
  static func run(
    sites: Int, documents: Int, width: Int, source: (Int) -> String = { _ in "" },
    _ rows: (_ site: Int, _ document: Int) -> [(kind: String, state: [Float])]
  ) throws -> RunReader {
    let folder = try Fixtures.temporaryFolder("run").path(percentEncoded: false)
    let manifest = RunManifest(
      inputs: RunInputs(
        family: "llama", files: [], configuration: Digest(of: ""), tokenizer: Digest(of: ""),
        documents: documents, corpus: Digest(of: "corpus"), options: [], code: "1"),
      subject: RunSubject(model: "made-up", corpus: "points", blocks: sites - 1, width: width),
      sessions: [RunSession(started: "2026-01-02T03:04:05Z", isobath: "1")])
    let names = (0..<sites).map { site in
      SiteRow(
        name: "residual.\(site)", kind: "residual", number: site,
        depth: sites > 1 ? Double(site) / Double(sites - 1) : 0)
    }
    let writer = try RunWriter(folder: folder, manifest: manifest, sites: names)
    for number in 0..<documents {
      var row = DocumentRow(
        id: "doc-\(number)", digest: Digest(ofTokens: [Int32(number)]), tokens: 9,
        source: source(number))
      for site in 0..<sites {
        row.pooled += rows(site, number).map {
          PooledRow(site: site, kind: $0.kind, state: $0.state)
        }
      }
      try writer.write(batch: [row])
    }
    try writer.close()
    return try RunReader(folder: folder)
  }
}
