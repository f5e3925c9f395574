// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathRecord
import IsobathTestSupport
import Testing

@testable import IsobathAnalysis

/// Stages whose entropies are known: `rank` equal eigenvalues have H = ln rank.
private struct StageRuns {
  var steps = [0, 100, 1000]
  var documents = 30
  var family = "llama"
  /// Rank of a document at a site of a stage.
  var rank: (_ stage: Int, _ site: Int, _ document: Int) -> Int = { stage, site, document in
    20 + document % 5 + (site == 1 ? 10 * stage : 0)
  }

  func readers() throws -> [RunReader] { try steps.indices.map(reader) }

  func reader(_ stage: Int) throws -> RunReader {
    let folder = try Fixtures.temporaryFolder("stage").path(percentEncoded: false)
    let name = "step-\(steps[stage])"
    let options = [
      Setting("preparations", .list([.text("paper")])),
      Setting("orders", .list([.number(1), .number(2)])),
    ]
    let manifest = RunManifest(
      inputs: RunInputs(
        family: family, files: [.init(name: "w", bytes: 1, digest: Digest(of: name))],
        configuration: Digest(of: ""), tokenizer: Digest(of: ""), documents: documents,
        corpus: Digest(of: "corpus"), options: options, code: "1"),
      subject: RunSubject(model: name, corpus: "texts", blocks: 2, width: 64),
      sessions: [RunSession(started: "2026-01-02T03:04:05Z", isobath: "1")])
    let writer = try RunWriter(folder: folder, manifest: manifest, sites: Runs.sites)
    try writer.write(
      batch: (0..<documents).map { document in
        Runs.document(
          document, tokens: 100,
          (0..<4).map { Runs.flat($0, rank: rank(stage, $0, document), tokens: 100) })
      })
    try writer.close()
    return try RunReader(folder: folder)
  }
}

@Suite struct StagesTests {
  private func options() throws -> AnalysisOptions {
    try AnalysisOptions(seed: 1, resamples: 500, threads: 2)
  }

  @Test(arguments: [
    ("step1000", 1000), ("step-0128", 128), ("checkpoint-500", 500), ("iter_0001000", 1000),
    ("pythia-70m-step3000", 3000), ("OLMo-1B-step20000-tokens84B", 20000), ("0256", 256),
    ("epoch", nil), ("llama-2-7b", nil), ("isobath-500k", nil), ("step", nil),
    ("global_step42", 42), ("step99999999999999999999", nil), ("step_2_of_step_9", 9),
  ])
  func stepsAreReadFromNames(name: String, step: Int?) {
    #expect(StageStep.afterWord(name) ?? StageStep.alone(name) == step, "\(name)")
  }

  @Test func changesAreExactAndFoundWhereTheyAre() throws {
    let runs = StageRuns()
    let study = try TrainingStages(try runs.readers().reversed(), options())
    #expect(study.stages.map(\.step) == runs.steps)
    // Sums of 30 logarithms of the same numbers.
    let worst = WorstError("change from stage to stage, nats", tolerance: 1e-12)
    for (stage, analysis, base) in [
      (1, StageAnalysis.change, 0), (2, .change, 1), (2, .total, 0), (1, .total, 0),
    ] {
      for site in 0..<4 {
        let run = study.stages[stage].run.manifest.id
        let found = try #require(
          study.rows.first {
            $0.analysis == analysis.id && $0.run == run && $0.site == Runs.sites[site].name
              && $0.measure == "entropy"
          })
        let truth =
          (0..<30).map { document in
            log(Double(runs.rank(stage, site, document)))
              - log(Double(runs.rank(base, site, document)))
          }.reduce(0, +) / 30
        let estimate = try #require(found.estimate)
        worst.record(abs(estimate - truth), at: "stage \(stage), site \(site)")
        let p = try #require(
          study.rows.first {
            $0.analysis == (analysis == .change ? StageAnalysis.changeP : .totalP).id
              && $0.run == run && $0.site == found.site && $0.measure == "entropy"
          }?.estimate)
        #expect(site == 1 ? p < 0.01 : p == 1, "\(analysis) \(site): \(p)")
      }
    }
    worst.check()
  }

  @Test func stepsOfTheUserComeInTheirOrder() throws {
    let readers = try StageRuns().readers()
    let study = try TrainingStages(readers, steps: [7, 5, 6], options())
    #expect(study.stages.map(\.step) == [5, 6, 7])
    #expect(study.stages[0].run.manifest.subject.model == "step-100")
    let rows = study.rows.filter { $0.analysis == "stage-step" }
    #expect(Set(rows.compactMap(\.estimate)) == [5, 6, 7])
  }

  @Test func refusesWhatIsNoTraining() throws {
    let readers = try StageRuns().readers()
    let options = try options()
    #expect(throws: StageError.few(1)) { try TrainingStages([readers[0]], options) }
    #expect(throws: StageError.steps(given: 2, runs: 3)) {
      try TrainingStages(readers, steps: [1, 2], options)
    }
    #expect(
      throws: StageError.sameStep(4, readers[0].folder, readers[1].folder)
    ) { try TrainingStages(readers, steps: [4, 4, 5], options) }
    var other = StageRuns()
    other.family = "opt"
    let stranger = try other.reader(1)
    #expect(
      throws: StageError.otherModel(folder: stranger.folder, first: readers[0].folder)
    ) { try TrainingStages([readers[0], stranger], options) }
    var fewer = StageRuns()
    fewer.documents = 7
    let short = try fewer.reader(1)
    let error = #expect(throws: StageError.self) {
      try TrainingStages([readers[0], short], options)
    }
    #expect(error.map { "\($0)".contains("30 and 7") } ?? false)
  }
}
