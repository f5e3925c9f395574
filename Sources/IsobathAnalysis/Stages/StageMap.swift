// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord
import IsobathStatistics

/// One quantity of one training, at every site and every stage: the family of one multiple test.
struct StageMap {
  /// By stage, then by site; all over `documents`.
  let series: [[Series]]
  /// Indices into the table's documents: those with a value everywhere on the map.
  let documents: [Int]

  /// - Parameter series: by stage, then by site.
  private init(_ series: [[Series]]) {
    let sets = series.joined().map { Set($0.documents) }
    let shared = sets.dropFirst().reduce(sets.first ?? []) { $0.intersection($1) }
    documents = shared.sorted()
    self.series = series.map { $0.map { $0.restricted(to: shared) } }
  }

  /// Every map that all stages have, in the table's order.
  ///
  /// - Parameter runs: ids of the stages' runs, in the order of their steps.
  static func all(_ table: DocumentTable, runs: [String]) -> [StageMap] {
    let series = table.series(withPosition: false)
    let found = Dictionary(grouping: series, by: \.key.run)
    guard let first = runs.first, let own = found[first] else { return [] }
    var order: [SeriesKey] = []
    var sites: [SeriesKey: [SeriesKey]] = [:]
    for key in own.map(\.key.bare) {
      if sites[key.curve] == nil { order.append(key.curve) }
      sites[key.curve, default: []].append(key)
    }
    let byKey = found.mapValues { Dictionary($0.map { ($0.key.bare, $0) }) { first, _ in first } }
    return order.compactMap { curve in
      let keys = (sites[curve] ?? []).filter { key in
        runs.allSatisfy { byKey[$0]?[key] != nil }
      }
      let map = StageMap(runs.map { run in keys.compactMap { byKey[run]?[$0] } })
      return keys.isEmpty || map.documents.isEmpty ? nil : map
    }
  }

  /// The rows about changes since the stage before, or since the first.
  func changes(
    _ table: DocumentTable, _ options: AnalysisOptions, steps: [Int], since: Since
  ) -> [Record] {
    let pairs = series.indices.dropFirst().map { (from: since.stage(before: $0), to: $0) }
    let cells = pairs.flatMap { pair in
      zip(series[pair.from], series[pair.to]).map {
        (step: steps[pair.from], base: $0, other: $1, less: $1.less($0).values)
      }
    }
    let differences = cells.map(\.less)
    let bootstrap = table.bootstrap(over: documents, options)
    let band = bootstrap.band(differences)
    let tests = options.flips(bootstrap.units).test(differences)
    return cells.indices.flatMap { index -> [Record] in
      let cell = cells[index]
      let row = { (analysis: StageAnalysis) in
        var row = cell.other.bareRow(analysis.id)
        row.n = documents.count
        row.add(note: "since step \(cell.step)")
        row.add(note: cell.other.missingNote)
        return row
      }
      return [
        row(since.analysis).with(band.sites[index]),
        row(since.p).with(p: tests[index]?.stepDown),
      ]
    }
  }

  /// What a stage is compared with.
  enum Since {
    case before
    case first

    var analysis: StageAnalysis { self == .before ? .change : .total }
    var p: StageAnalysis { self == .before ? .changeP : .totalP }

    func stage(before stage: Int) -> Int { self == .before ? stage - 1 : 0 }
  }
}

extension Series {
  /// A row that names this quantity and an analysis, without a value.
  func bareRow(_ analysis: String) -> Record {
    Record(
      run: key.run, family: key.family, model: key.model, revision: key.revision,
      corpus: key.corpus, site: key.site, depth: key.depth, preparation: key.preparation,
      measure: key.measure, order: key.order, analysis: analysis, unit: key.unit)
  }
}
