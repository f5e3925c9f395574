// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathMeasure
import IsobathRecord

/// A run as a study's index shows it: its curve and the curve's lowest point, and nothing that takes time.
package struct StudyRun: AnsweredRun, Sendable {
  package let manifest: RunManifest
  let sites: [SiteRow]
  let documents: Int
  let answers: [Record]
  package let preparation: String
  let level: Double

  private static let analysisNames: Set = ["mean", "valley", "fall", "rise", "net"]
  private static let measures: Set = ["entropy", "renyi-entropy", "deficit", "loss"]

  package init(_ run: RunReader, threads: Int) throws {
    manifest = run.manifest
    sites = run.sites
    documents = run.completed
    preparation = run.manifest.mainPreparation
    let options = try AnalysisOptions(seed: run.manifest.seed, threads: threads)
    level = options.level
    let table = try RunTable(
      run, orders: run.manifest.inputs.options.numbers("orders"), positions: .none
    ).table { Self.measures.contains($0.measure) }
    answers = analyse(
      table, options, wanted: analyses.filter { Self.analysisNames.contains($0.id) })
  }
}
