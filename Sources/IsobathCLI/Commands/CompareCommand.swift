// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation
import IsobathAnalysis
import IsobathRecord
import IsobathReport
import IsobathStatistics
import IsobathStudy

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract:
      "Compare two runs document by document, and write what changed, where and by how much.",
    discussion: """
      Examples:
        isobath compare runs/base runs/tuned               Reports/tuned-vs-base/README.md
        isobath compare runs/f16 runs/q4 --as quantised --margin 0.02
        isobath compare runs/seed-1 runs/seed-2 runs/trained --as untrained   Diff-eRank
        isobath compare runs/small runs/large --by-depth   models of other depths
        isobath compare base.gguf tuned.gguf --corpus texts.jsonl   surveys first

      Both runs must hold the same documents as the same tokens; what keeps them from being paired \
      is said in one line. The runs alone are needed, not the models.
      """)

  @Argument(
    help: """
      The base run, or several seeds of an untrained model, then the other run; with --corpus models, \
      which are surveyed first.
      """)
  var runs: [String]
  @Option(
    help: "Texts to survey two models over, as 'isobath survey' takes them; runs stay in runs/.")
  var corpus: [String] = []
  @Option(help: "Use the first N documents of --corpus.")
  var limit: Int?
  @Option(help: "Cut documents of --corpus to N tokens.")
  var maxTokens: Int?
  @Option(help: "The report's folder (default: Reports/TUNED-vs-BASE).")
  var output: String?
  @Option(
    name: .customLong("as"),
    help: """
      What the second model is to the first: tuned, quantised, checkpoint, untrained (the first is \
      untrained) or models (default: guessed).
      """)
  var kind: ComparisonKind?
  @Option(help: "Changes of less are no change, in nats: what equivalence is tested against.")
  var margin = ComparisonOptions.usualMargin
  @Flag(help: "Compare means alone, of runs whose documents do not belong together.")
  var unpaired = false
  @Flag(help: "Compare sites of like relative depth, of models with other numbers of blocks.")
  var byDepth = false
  @OptionGroup var notebook: NotebookOptions
  @OptionGroup(title: "Intervals") var intervals: IntervalOptions
  @Option(help: "Seed of every random stream.")
  var seed: UInt64 = 1
  @OptionGroup var cores: ThreadOptions
  @OptionGroup var speech: SpeechOptions

  func validate() throws {
    if runs.count < 2 {
      throw ValidationError("give two runs: the base run, then the one to compare with it")
    }
    if corpus.isEmpty, limit != nil || maxTokens != nil {
      throw ValidationError("--limit and --max-tokens go with --corpus")
    }
    do { _ = try options() } catch let error as ComparisonError {
      throw ValidationError("\(error)")
    }
  }

  func run() throws {
    let report = try report(speech.terminal)
    let folder = output ?? defaultFolder
    try report.write(to: folder)
    Terminal.output(report.finding)
    speech.terminal.wrote(report, to: folder)
    try speech.terminal.writeNotebook(to: notebook.notebook, of: report.notebook)
  }

  /// The comparison's report, with remarks on the pairing told.
  func report(_ terminal: Terminal) throws -> ComparisonReport {
    let folders = try corpus.isEmpty ? runs : surveyed(terminal)
    let readers = try folders.map { try RunReader(folder: $0) }
    let comparison = try Comparison(
      bases: Array(readers.dropLast()), tuned: readers[readers.count - 1], options())
    for note in comparison.runs.notes { terminal.say("note: \(note)") }
    return try ComparisonReport(comparison)
  }

  /// The runs of the models over the corpus, made or gone on with.
  private func surveyed(_ terminal: Terminal) throws -> [String] {
    let texts =
      corpus.flatMap { ["--corpus", $0] } + (limit.map { ["--limit", "\($0)"] } ?? [])
      + (maxTokens.map { ["--max-tokens", "\($0)"] } ?? []) + ["--threads", "\(cores.threads)"]
    let surveys = try runs.map { model in
      try SurveyCommand.parse([model] + texts).options(terminal)
    }
    let folders = surveys.map(\.output)
    guard Set(folders).count == folders.count else {
      throw ValidationError(
        "two of these models would share the run '\(folders[0])': survey them with --output each")
    }
    for survey in surveys { _ = try SurveyRunner(survey, terminal).survey() }
    return folders
  }

  private func options() throws -> ComparisonOptions {
    try ComparisonOptions(
      intervals.options(seed: seed, threads: cores.threads),
      margin: margin, kind: kind, pairing: unpaired ? .unpaired : .paired,
      depths: byDepth ? .relative : .equal)
  }

  private var defaultFolder: String {
    let name = { (run: String) in URL(filePath: run).lastPathComponent }
    let pair = "\(name(runs[runs.count - 1]))-vs-\(name(runs[0]))"
    return "Reports/\(Folder.safeName(pair))"
  }
}

extension ComparisonKind: ExpressibleByArgument {}
