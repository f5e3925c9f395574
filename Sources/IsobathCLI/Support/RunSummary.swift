// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathChart
import IsobathMeasure
import IsobathRecord

/// What a survey prints as it ends: the curve as a sparkline and a short table.
struct RunSummary {
  private let curve: [Record]
  private let deficits: [String: Double]

  init(folder: String) throws {
    let run = try RunReader(folder: folder)
    let table = try RunTable(run, orders: [1], positions: .none)
    let options = try AnalysisOptions(seed: 1)
    let rows = analyse(try table.table(), options, wanted: analyses.filter { $0.id == "mean" })
    let first = rows.first { !$0.preparation.isEmpty && $0.measure == "entropy" }?.preparation
    let places = Dictionary(uniqueKeysWithValues: run.sites.enumerated().map { ($1.name, $0) })
    let mine = rows.filter { $0.preparation == first ?? "" }
    curve = mine.filter { $0.measure == "entropy" }
      .sorted { (places[$0.site] ?? 0) < (places[$1.site] ?? 0) }
    deficits = Dictionary(
      mine.filter { $0.measure == "deficit" }.compactMap { row in
        row.estimate.map { (row.site, $0) }
      }
    ) { first, _ in first }
  }

  var text: String {
    var lines = ["entropy through depth  \(Sparkline(curve.map(\.estimate), width: 60).text)", ""]
    lines.append("site               H (nats)     95 % interval   deficit  documents")
    for row in shown {
      let site = row.site + String(repeating: " ", count: max(1, 17 - row.site.count))
      let interval =
        row.low.map { low in
          "[\(Numbers.fixed(low, 3)), \(Numbers.fixed(row.high ?? low, 3))]"
        } ?? "none"
      let deficit = deficits[row.site].map { Numbers.fixed($0, 3) } ?? "–"
      let value = row.estimate.map { Numbers.fixed($0, 3) } ?? "–"
      lines.append(
        site + Numbers.padded(value, 10) + Numbers.padded(interval, 18)
          + Numbers.padded(deficit, 10) + Numbers.padded("\(row.n ?? 0)", 11))
    }
    return lines.joined(separator: "\n")
  }

  /// The ends, the lowest point, and what lies evenly between.
  private var shown: [Record] {
    guard curve.count > 9 else { return curve }
    let lowest = curve.indices.min {
      (curve[$0].estimate ?? .infinity) < (curve[$1].estimate ?? .infinity)
    }
    var chosen = Set(stride(from: 0, to: curve.count, by: (curve.count + 6) / 7))
    chosen.formUnion([curve.count - 2, curve.count - 1])
    if let lowest { chosen.insert(lowest) }
    return chosen.sorted().map { curve[$0] }
  }
}
