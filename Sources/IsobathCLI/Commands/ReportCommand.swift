// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation
import IsobathAnalysis
import IsobathRecord
import IsobathReport
import IsobathStatistics

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write a run's report: Markdown, SVG figures and the rows behind them.",
    discussion: """
      Examples:
        isobath report runs/mine                       Reports/mine/README.md
        isobath report runs/mine --output paper/fig    another folder
        isobath report runs/few --interval studentised   better with fewer than 30 documents

      The run alone is needed, not the model.
      """)

  @Argument(help: "Folders that 'isobath survey' wrote.")
  var runs: [String]
  @Option(help: "The report's folder, for one run (default: Reports/RUN).")
  var output: String?
  @OptionGroup(title: "Intervals") var intervals: IntervalOptions
  @OptionGroup var speech: SpeechOptions

  func validate() throws {
    if runs.isEmpty { throw ValidationError("give at least one run") }
    if output != nil, runs.count > 1 {
      throw ValidationError("--output goes with one run; \(runs.count) were given")
    }
  }

  func run() throws {
    for run in runs {
      let name = Folder.safeName(URL(filePath: run).lastPathComponent)
      try ReportWriter(
        run: run, folder: output ?? "Reports/\(name)", intervals: intervals,
        terminal: speech.terminal
      ).write()
    }
  }
}

/// Writes the report of one run and says where it is.
struct ReportWriter {
  let run: String
  let folder: String
  let intervals: IntervalOptions
  let terminal: Terminal

  func write() throws {
    let reader = try RunReader(folder: run)
    guard reader.completed > 0 else {
      throw Failure.Stop(
        message: "\(run): no document is in this run yet; survey first", code: .data)
    }
    if !reader.isComplete {
      terminal.say(
        "note: the run has \(reader.completed) of \(reader.manifest.inputs.documents) documents")
    }
    let data = try ReportData(
      reader, resamples: intervals.resamples ?? 10_000, level: intervals.level,
      method: intervals.interval, threads: ProcessInfo.processInfo.activeProcessorCount)
    let report = try Report(data)
    try report.write(to: folder)
    Terminal.output(report.finding)
    terminal.wrote(report, to: folder)
  }
}

extension IntervalMethod: ExpressibleByArgument {}
