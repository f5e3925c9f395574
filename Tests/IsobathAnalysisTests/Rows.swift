// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathRecord
import IsobathStatistics

/// Per-document rows made up for a test.
enum Rows {
  /// One value of one document.
  static func row(
    _ document: Int, site: String = "residual.0", depth: Double? = 0, _ estimate: Double?,
    measure: String = "entropy", order: Double? = 1, position: Int? = nil, note: String = ""
  ) -> Record {
    Record(
      run: "r1", family: "llama", model: "m", corpus: "c", document: "document \(1000 + document)",
      tokens: 100 + document, site: site, depth: depth, position: position, preparation: "paper",
      measure: measure, order: order, estimate: estimate, unit: "nats", note: note)
  }

  /// Documents × depths: `curve[k]` plus the document's own level plus noise.
  static func curves(_ curve: [Double], documents: Int, noise: Double = 0.1) -> [Record] {
    let stream = RandomStream(seed: 1, purpose: "test", group: "curves")
    return (0..<documents).flatMap { document in
      let level = stream.gaussian(sigma: 0.3)
      return curve.indices.map { k in
        row(
          document, site: "residual.\(k)", depth: Double(k) / Double(curve.count - 1),
          curve[k] + level + stream.gaussian(sigma: noise))
      }
    }
  }

  static func options() throws -> AnalysisOptions {
    try AnalysisOptions(seed: 1, resamples: 1000)
  }

  /// The answers of one analysis.
  static func analysed(
    _ id: String, _ rows: [Record], sources: [String: String] = [:],
    widths: [String: Int] = ["r1": 64]
  ) throws -> [Record] {
    let table = try DocumentTable(rows, sources: sources, widths: widths)
    return analyse(table, try options(), wanted: analyses.filter { $0.id == id })
  }
}
