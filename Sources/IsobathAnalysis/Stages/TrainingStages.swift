// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord
import IsobathStatistics

/// Checkpoints of one training, surveyed over the same documents, in the order of their steps.
package struct TrainingStages: Sendable {
  /// One checkpoint.
  package struct Stage: Sendable {
    package let run: RunReader
    /// Of the optimiser, as the names or `--steps` say.
    package let step: Int
  }

  package let stages: [Stage]
  /// Those that every run has, in the first run's order.
  package let preparations: [String]
  package let orders: [Double]
  package let options: AnalysisOptions
  /// In the order of exported files.
  package let rows: [Record]

  /// - Parameters:
  ///   - runs: one for each stage, in any order.
  ///   - steps: of the runs, in their order; nil reads them from names.
  package init(
    _ runs: [RunReader], steps: [Int]? = nil, _ options: AnalysisOptions
  ) throws(StageError) {
    stages = try TrainingStages.ordered(runs, steps)
    self.options = options
    try TrainingStages.check(stages)
    let settings = stages.map(\.run.manifest.inputs.options)
    preparations = settings[0].preparations.filter { name in
      settings.allSatisfy { $0.preparations.contains(name) }
    }
    orders = settings[0].orders.filter { order in
      settings.allSatisfy { $0.orders.contains(order) }
    }
    let table: DocumentTable
    do throws(AnalysisError) {
      table = try TrainingStages.table(stages, orders, Set(preparations))
    } catch { throw .analysis(error) }
    let steps = stages.map(\.step)
    let maps = StageMap.all(table, runs: stages.map(\.run.manifest.id))
    rows =
      (analyse(table, options, wanted: [MeanOverDocuments(), Valley()])
      + stages.map(TrainingStages.row)
      + maps.flatMap { $0.changes(table, options, steps: steps, since: .before) }
      + maps.flatMap { $0.changes(table, options, steps: steps, since: .first) })
      .sortedForExport()
  }

  private static func ordered(
    _ runs: [RunReader], _ steps: [Int]?
  ) throws(StageError) -> [Stage] {
    guard runs.count > 1 else { throw .few(runs.count) }
    if let steps, steps.count != runs.count {
      throw .steps(given: steps.count, runs: runs.count)
    }
    var stages: [Stage] = []
    for (index, run) in runs.enumerated() {
      guard let step = steps?[index] ?? StageStep.of(run.manifest, folder: run.folder) else {
        throw .noStep(folder: run.folder)
      }
      stages.append(Stage(run: run, step: step))
    }
    stages.sort { $0.step < $1.step }
    for (first, second) in zip(stages, stages.dropFirst()) where first.step == second.step {
      throw .sameStep(first.step, first.run.folder, second.run.folder)
    }
    return stages
  }

  /// One shape, and the same documents as the same tokens.
  private static func check(_ stages: [Stage]) throws(StageError) {
    let first = stages[0].run
    for stage in stages {
      let run = stage.run
      guard run.completed > 0 else {
        throw .comparison(folder: run.folder, .empty(folder: run.folder))
      }
      guard run.shape == first.shape else {
        throw .otherModel(folder: run.folder, first: first.folder)
      }
      do throws(ComparisonError) { try DocumentCheck(first, run)() } catch {
        throw .comparison(folder: run.folder, error)
      }
    }
  }

  /// Entropies of every shared order and preparation, and losses.
  private static func table(
    _ stages: [Stage], _ orders: [Double], _ preparations: Set<String>
  ) throws(AnalysisError) -> DocumentTable {
    var builder = DocumentTable.Builder()
    for stage in stages {
      try RunTable(stage.run, orders: orders.filter { $0 != 1 }).add(to: &builder) { row in
        guard row.position == nil else { return false }
        if row.preparation.isEmpty { return row.measure == "loss" }
        return ["entropy", "renyi-entropy"].contains(row.measure)
          && preparations.contains(row.preparation)
      }
    }
    return try builder.table()
  }

  private static func row(_ stage: Stage) -> Record {
    let manifest = stage.run.manifest
    return Record(
      run: manifest.id, family: manifest.inputs.family, model: manifest.subject.model,
      revision: manifest.subject.revision, corpus: manifest.subject.corpus, measure: "step",
      analysis: StageAnalysis.step.id, estimate: Double(stage.step), unit: "1")
  }
}

extension RunReader {
  /// What checkpoints of one training have in common.
  fileprivate var shape: [String] {
    [manifest.inputs.family, "\(manifest.subject.blocks)", "\(manifest.subject.width)"]
  }
}
