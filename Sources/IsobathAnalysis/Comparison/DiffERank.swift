// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathRecord
import IsobathStatistics

/// What training takes from the effective rank: Diff-eRank at every site, in both forms.
struct DiffERank {
  let curve: ComparedCurve
  let table: DocumentTable
  let options: AnalysisOptions

  /// Both forms as rows, site by site.
  var rows: [Record] {
    let bootstrap = table.bootstrap(over: curve.documents, options)
    return curve.points.flatMap { point -> [Record] in
      let trained = point.tuned.values
      let seeds = point.seeds.map(\.values)
      let row = { (analysis: ComparisonAnalysis) in
        var row = point.row(analysis, n: curve.documents.count)
        row.measure = "effective-rank-covariance"
        row.unit = "dimensions"
        return row
      }
      var form = row(.diffERank).with(
        bootstrap.functional(Array(trained.indices)) { drawn in
          let rank = { (values: [Double]) in
            exp(drawn.reduce(0) { $0 + values[$1] } / Double(drawn.count))
          }
          return seeds.reduce(0) { $0 + rank($1) } / Double(seeds.count) - rank(trained)
        })
      form.add(note: spread(seeds, trained))
      let other = trained.indices.map { document in
        seeds.reduce(0) { $0 + exp($1[document]) } / Double(seeds.count) - exp(trained[document])
      }
      return [form, row(.diffERankB).with(bootstrap.means([other])[0])]
    }
  }

  /// "3 seeds: 41.2 to 43.0"; empty for one.
  private func spread(_ seeds: [[Double]], _ trained: [Double]) -> String {
    guard seeds.count > 1, !trained.isEmpty else { return "" }
    let rank = { (values: [Double]) in exp(values.reduce(0, +) / Double(values.count)) }
    let each = seeds.map { rank($0) - rank(trained) }
    let ends = [each.min(), each.max()].compactMap { $0 }.map {
      SettingValue(($0 * 100).rounded() / 100).description
    }
    return "\(seeds.count) seeds: \(ends.joined(separator: " to "))"
  }
}
