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
      Example:
        isobath demo

      The model is SmolLM2-135M-Instruct, kept in the user's cache after the first time; the texts \
      are passages of Jane Austen's novels, in the public domain.
      """)

  @Option(help: "The run's folder.")
  var output = "runs/demo"
  @Option(help: "The report's folder.")
  var report = "Reports/demo"
  @OptionGroup(title: "Resources") var resources: ResourceOptions
  @OptionGroup var speech: SpeechOptions

  func run() async throws {
    let model = try await DemoModel(terminal: speech.terminal).locate()
    guard let corpus = Bundle.module.url(forResource: "demo-corpus", withExtension: "jsonl") else {
      throw Failure.Stop(
        message: "the demo's texts are missing beside the command; build it again",
        code: .unavailable)
    }
    let options = SurveyOptions(
      model: model, corpus: CorpusOptions(path: corpus.path(percentEncoded: false)),
      preparations: [.paper, .paperWithoutFirst], memory: resources.budget,
      threads: resources.threads, output: output)
    try SurveyRunner(options, speech.terminal).run(json: false)
    try ReportWriter(run: output, to: report, terminal: speech.terminal).write()
  }
}
