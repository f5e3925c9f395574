// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation
import IsobathMeasure
import IsobathStudy
import IsobathText

struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Survey a small real model over 120 texts and write its report.",
    discussion: """
      Examples:
        isobath demo               SmolLM2-135M, fetched once: a minute or two
        isobath demo --offline     a model of half a million parameters that ships inside: seconds

      SmolLM2-135M-Instruct is kept in the user's cache after the first time; its texts are passages of \
      Jane Austen's novels, in the public domain. The model inside was trained on the same novels, and \
      is shown chapters that it has not seen.
      """)

  @Flag(help: "Use the model that ships inside; nothing is fetched.")
  var offline = false
  @Option(help: "The run's folder (default: runs/demo, or runs/offline).")
  var output: String?
  @Option(help: "The report's folder (default: Reports/demo, or Reports/offline).")
  var report: String?
  @OptionGroup(title: "Intervals of the report") var intervals: IntervalOptions
  @OptionGroup(title: "Resources") var resources: ResourceOptions
  @OptionGroup var speech: SpeechOptions

  func run() async throws {
    let name = offline ? "offline" : "demo"
    let (run, report) = (output ?? "runs/\(name)", report ?? "Reports/\(name)")
    let options = SurveyOptions(
      model: try offline
        ? SmallFamily.path("isobath-500k")
        : await DemoModel(terminal: speech.terminal).locate(),
      corpus: CorpusOptions(
        path: try offline
          ? SmallFamily.path("held-out.jsonl") : Resource.path("demo-corpus.jsonl"),
        limit: 120),
      preparations: [.paper, .paperWithoutFirst], memory: resources.budget,
      threads: resources.threads, output: run)
    try SurveyRunner(options, speech.terminal).run(json: false)
    try ReportWriter(run: run, folder: report, intervals: intervals, terminal: speech.terminal)
      .write()
  }
}
