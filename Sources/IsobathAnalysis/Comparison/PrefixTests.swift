// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord
import IsobathStatistics

/// Paired differences of prefix entropies: at which lengths of text two models differ, and where.
struct PrefixTests {
  private let cells: [Cell]
  private let table: DocumentTable
  private let options: ComparisonOptions

  /// One length at one site.
  fileprivate struct Cell {
    let point: ComparedCurve.Point
    let difference: Series
  }

  /// Of one measure, order and preparation each, in the order of the tuned table.
  static func all(
    _ bases: [DocumentTable], _ tuned: DocumentTable, _ runs: PairedRuns,
    _ options: ComparisonOptions
  ) -> [PrefixTests] {
    let seeds = bases.map { table in
      Dictionary(table.series(withPosition: true).map { ($0.key.bare, $0) }) { first, _ in first }
    }
    let sites = Dictionary(uniqueKeysWithValues: runs.sites.map { ($0.tuned, $0) })
    var order: [SeriesKey] = []
    var members: [SeriesKey: [Cell]] = [:]
    for series in tuned.series(withPosition: true) where isCompared(series.key, runs) {
      guard let site = sites[series.key.site] else { continue }
      let others = seeds.compactMap { $0[series.key.bare.at(site.base)] }
      guard others.count == bases.count else { continue }
      let cell = Cell(ComparedCurve.Point(site, others, series))
      guard cell.difference.documents.count >= enough(tuned, options) else { continue }
      let family = series.key.curve.positionless
      if members[family] == nil { order.append(family) }
      members[family, default: []].append(cell)
    }
    return order.map { PrefixTests(cells: members[$0] ?? [], table: tuned, options: options) }
  }

  /// The matrix entropy and the Rényi entropy of order 2, which the strongest directions decide.
  private static func isCompared(_ key: SeriesKey, _ runs: PairedRuns) -> Bool {
    let isKnown = key.measure == "entropy" || (key.measure == "renyi-entropy" && key.order == 2)
    return isKnown && runs.preparations.contains(key.preparation)
  }

  private static func enough(_ table: DocumentTable, _ options: ComparisonOptions) -> Int {
    max(1, min(options.analysis.fewestAtPosition, table.documents.count))
  }

  /// Mean differences, and p adjusted for every site and length of the family.
  var rows: [Record] {
    let differences = table.means(cells.map(\.difference), options.analysis)
    let all = table.bootstrap(over: Array(table.documents.indices), options.analysis)
    // A document too short for a length adds nothing to the sum there under any pattern of signs: p
    // is that of the documents that reach it.
    let filled = cells.map { cell in
      var values = [Double](repeating: 0, count: table.documents.count)
      for (document, value) in zip(cell.difference.documents, cell.difference.values) {
        values[document] = value
      }
      return values
    }
    let tests = options.analysis.flips(all.units).test(filled)
    return cells.indices.flatMap { index in
      let row = { (analysis: ComparisonAnalysis) in
        cells[index].point.row(analysis, n: cells[index].difference.documents.count)
      }
      return [
        row(.difference).with(differences[index]),
        row(.adjusted).with(p: tests[index]?.stepDown),
      ]
    }
  }
}

extension PrefixTests.Cell {
  fileprivate init(_ point: ComparedCurve.Point) {
    let shared = Set(point.base.documents).intersection(point.tuned.documents)
    let (base, tuned) = (point.base.restricted(to: shared), point.tuned.restricted(to: shared))
    self.init(point: point, difference: tuned.less(base))
  }
}
