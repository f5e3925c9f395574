// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathMeasure
import IsobathRecord

/// A course of training as sections draw on it: its rows by name, by stage and in forward order.
struct StagesData: Sendable {
  let study: TrainingStages
  private let places: [String: Int]
  private let stageOfRun: [String: Int]
  private let byAnalysis: [String: [Record]]
  /// Where a test says that something changed.
  private let found: Set<Place>

  init(_ study: TrainingStages) {
    self.study = study
    places = Dictionary(
      study.stages[0].run.sites.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { a, _ in a })
    stageOfRun = Dictionary(
      study.stages.enumerated().map { ($1.run.manifest.id, $0) }, uniquingKeysWith: { a, _ in a })
    byAnalysis = Dictionary(grouping: study.rows, by: \.analysis)
    let tests = [StageAnalysis.changeP, .totalP].map(\.id)
    found = Set(
      study.rows.filter {
        tests.contains($0.analysis) && ($0.estimate ?? 1) < ComparisonOptions.alpha
      }.map { Place($0, $0.analysis) })
  }

  var first: RunManifest { study.stages[0].run.manifest }
  var steps: [Int] { study.stages.map(\.step) }
  var blocks: Int { first.subject.blocks }
  var level: String { Wording.percent(study.options.level) }
  /// The preparation that figures show: the first that every run has.
  var preparation: String { study.preparations.first ?? Preparation.paper.id }
  var documents: Int { rows("mean", "entropy").compactMap(\.n).max() ?? 0 }

  /// The answers of one analysis about one measure, by stage and then in forward order.
  func rows(
    _ analysis: String, _ measure: String, order: Double? = nil, preparation wanted: String? = nil
  ) -> [Record] {
    (byAnalysis[analysis] ?? []).filter {
      $0.measure == measure && $0.order == order
        && ($0.preparation.isEmpty || $0.preparation == wanted ?? preparation)
    }.sorted { place($0) < place($1) }
  }

  private func place(_ row: Record) -> (Int, Int) {
    (stageOfRun[row.run] ?? 0, places[row.site] ?? 0)
  }

  /// Rows along the residual stream and after the final norm.
  func curve(_ analysis: String, order: Double? = nil) -> [Record] {
    let measure = order == nil || order == 1 ? "entropy" : "renyi-entropy"
    return rows(analysis, measure, order: order == 1 ? nil : order).filter(Wording.isOnCurve)
  }

  /// The step of a row's stage.
  func step(_ row: Record) -> Int { steps[stageOfRun[row.run] ?? 0] }

  /// The step of a row's stage as an axis names it.
  func stepName(_ row: Record) -> String { "\(step(row))" }

  /// The steps of all stages as the bands of an axis.
  var stepNames: [String] { steps.map(String.init) }

  /// The Rényi orders with rows, ascending; the matrix entropy stands for order 1.
  var orders: [Double] {
    let found = (byAnalysis["mean"] ?? []).filter { $0.measure == "renyi-entropy" }
    return Set(found.compactMap(\.order) + [1]).sorted()
  }

  /// Whether a change at a row's place was found, adjusted for the whole map.
  func isFound(_ row: Record) -> Bool {
    let p = row.analysis == StageAnalysis.change.id ? StageAnalysis.changeP : .totalP
    return found.contains(Place(row, p.id))
  }

  /// A cell of a map of tests.
  private struct Place: Hashable {
    let analysis, run, site, measure, preparation: String
    let order: Double?

    init(_ row: Record, _ analysis: String) {
      self.analysis = analysis
      (run, site, measure) = (row.run, row.site, row.measure)
      (preparation, order) = (row.preparation, row.order)
    }
  }

  /// Where a stage's curve is lowest.
  func valley(_ stage: Int) -> Record? {
    rows("valley", "entropy").first {
      $0.run == study.stages[stage].run.manifest.id && $0.estimate != nil
    }
  }
}
