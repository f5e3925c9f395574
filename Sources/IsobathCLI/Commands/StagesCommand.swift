// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import IsobathAnalysis
import IsobathRecord
import IsobathReport

struct StagesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stages",
    abstract: "Follow the entropy through training: depth × step, with tests on the whole map.",
    discussion: """
      Examples:
        isobath stages runs/step-*                      steps from the models' names
        isobath stages runs/a runs/b --steps 0,5000     or said
        isobath survey EleutherAI/pythia-70m --revision step1000 --corpus texts.jsonl

      One run for each checkpoint of one training, all over the same texts. The step is read from the \
      revision, the model's name or the run's folder (step1000, checkpoint-500). The runs alone are \
      needed, not the models.
      """)

  @Argument(help: "Runs, one for each checkpoint, in any order.")
  var runs: [String]
  @Option(help: "The runs' steps, in their order, such as 0,16,1024 (default: from the names).")
  var steps: String?
  @Option(name: .shortAndLong, help: "The report's folder.")
  var output = "Reports/stages"
  @OptionGroup var notebook: NotebookOptions
  @OptionGroup(title: "Intervals") var intervals: IntervalOptions
  @Option(help: "Seed of every random stream.")
  var seed: UInt64 = 1
  @OptionGroup var cores: ThreadOptions
  @OptionGroup var speech: SpeechOptions

  func validate() throws { _ = try stepList() }

  func run() throws {
    let report = try report()
    try report.write(to: output)
    Terminal.output(report.finding)
    speech.terminal.wrote(report, to: output)
    try speech.terminal.writeNotebook(to: notebook.notebook, of: report.notebook)
  }

  func report() throws -> StagesReport {
    try StagesReport(
      TrainingStages(
        runs.map { try RunReader(folder: $0) }, steps: stepList(),
        intervals.options(seed: seed, threads: cores.threads)))
  }

  private func stepList() throws -> [Int]? {
    try steps?.split(separator: ",", omittingEmptySubsequences: false).map { text in
      guard let step = Int(text.trimmingPrefix { $0 == " " }), step >= 0 else {
        throw ValidationError("--steps takes whole numbers from 0 on, not '\(text)'")
      }
      return step
    }
  }
}

extension Terminal {
  /// Says where a report is.
  func wrote(_ report: some ReportFolder, to folder: String) {
    let figures = report.files.count { $0.path.hasSuffix(".svg") }
    say(
      "wrote \(Folder.join(folder, "README.md")), report.html and \(figures) "
        + "figure\(figures == 1 ? "" : "s")")
  }
}
