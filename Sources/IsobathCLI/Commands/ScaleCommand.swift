// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import IsobathAnalysis
import IsobathJSON
import IsobathRecord
import IsobathReport
import IsobathStatistics

struct ScaleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scale",
    abstract:
      "Fit laws of model size to runs or to the published tables, with the control of ln d.",
    usage: """
      isobath scale RUN RUN RUN RUN … [OPTIONS]
             isobath scale --published [FAMILY …] [OPTIONS]
      """,
    discussion: """
      Examples:
        isobath scale runs/70m runs/160m runs/410m runs/1b     one run for each size, same texts
        isobath scale runs/* --depth 0.25,0.5,0.75             at these depths too
        isobath scale runs/* --untrained init/*                Diff-eRank against untrained twins
        isobath scale --published                              refit the papers' own tables
        isobath scale --published cerebras pythia --output Reports/scaling

      H = a·P^(−b), with and without a constant, is fitted to the published form H/ln d, to raw H, the \
      deficit, exp H, Diff-eRank and loss. Beside them stands the control: what 1/ln d alone explains, \
      with one entropy for all sizes. The runs' documents must be the same; four sizes are the least.
      """)

  @Argument(
    help: "Runs, one for each size; with --published families: cerebras, pythia, opt, openelm.")
  var names: [String] = []
  @Flag(help: "Refit the published tables that ship with isobath.")
  var published = false
  @Option(
    parsing: .upToNextOption,
    help: "Runs of the untrained models, one for each size, for Diff-eRank.")
  var untrained: [String] = []
  @Option(help: "Shares of the depth to look at beside the last states: 0.5, 0.25,0.5 or all.")
  var depth: String?
  @Option(help: "The preparation of the states (default: the first run's main one).")
  var preparation: String?
  @Option(name: .shortAndLong, help: "A folder for the report: Markdown, figures, rows.")
  var output: String?
  @OptionGroup var notebook: NotebookOptions
  @OptionGroup(title: "Intervals") var intervals: IntervalOptions
  @Option(help: "Seed of the resamples.")
  var seed: UInt64 = 1
  @OptionGroup(title: "Resources") var resources: ThreadOptions
  @OptionGroup var speech: SpeechOptions

  private static let families = PublishedTables.all.map(\.name)

  func validate() throws {
    if published {
      for name in names where !Self.families.contains(name) {
        throw ValidationError(
          "'\(name)' is not a published family\(Suggestion.text(for: name, among: Self.families))")
      }
      if depth != nil || !untrained.isEmpty || preparation != nil {
        throw ValidationError("--depth, --untrained and --preparation go with runs")
      }
    } else if names.isEmpty {
      throw ValidationError("give at least \(SizeLaw.fewestSizes) runs, or --published")
    }
    guard intervals.interval != .studentised else {
      throw ValidationError("--interval takes bca, percentile or basic here, not studentised")
    }
    _ = try shares()
  }

  func run() throws {
    let (report, answers) = try report(speech.terminal)
    Terminal.output(ScalingSummary(answers, findings: report.findings).text)
    if let output {
      try report.write(to: output)
      speech.terminal.wrote(report, to: output)
    }
    try writeNotebook(of: report, to: notebook.notebook, speech.terminal)
  }

  func writeNotebook(of report: ScalingReport, to folder: String?, _ terminal: Terminal) throws {
    try terminal.writeNotebook(to: folder) { study in
      try report.notebook(study, runs: published ? [] : names)
    }
  }

  /// The laws' report and the answers behind it, with remarks told.
  func report(_ terminal: Terminal) throws -> (report: ScalingReport, answers: [ScalingAnswer]) {
    let ladders = try published ? publishedLadders : [runLadder()]
    let options = try intervals.options(seed: seed, threads: resources.threads, usual: 2000)
    let study = ScalingStudy(options)
    let total = ladders.reduce(0) { $0 + $1.series.count }
    let bar = ProgressBar(total: total, unit: "series", terminal: terminal)
    var done = 0
    var answered: [(ladder: SizeLadder, answers: [ScalingAnswer])] = []
    for ladder in ladders {
      answered.append((ladder, study.answers(ladder) { bar.update(Double(done + $0)) }))
      done += ladder.series.count
    }
    bar.finish()
    for note in ladders.flatMap(\.notes) { terminal.say("note: \(note)") }
    let report = try ScalingReport(
      answered,
      intervals: published ? nil : (options.level, options.method, options.resamples))
    return (report, answered.flatMap(\.answers))
  }

  private var publishedLadders: [SizeLadder] {
    PublishedTables.all.filter { names.isEmpty || names.contains($0.name) }.map(\.ladder)
  }

  private func runLadder() throws -> SizeLadder {
    let ladder = try RunLadder(
      names.map { try RunReader(folder: $0) },
      untrained: untrained.map { try RunReader(folder: $0) }, preparation: preparation,
      shares: shares())
    return try ladder.ladder()
  }

  private func shares() throws -> [Double] {
    guard let depth else { return [] }
    if depth == "all" { return (0...10).map { Double($0) / 10 } }
    return try depth.split(separator: ",", omittingEmptySubsequences: false).map { text in
      guard let share = Double(text.trimmingPrefix { $0 == " " }), (0...1).contains(share) else {
        throw ValidationError("--depth takes shares from 0 to 1, or all, not '\(text)'")
      }
      return share
    }
  }
}
