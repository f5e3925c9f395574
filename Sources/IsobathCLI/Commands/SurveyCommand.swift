// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation
import IsobathRecord
import IsobathStudy

struct SurveyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "survey",
    abstract: "Run a model over texts and keep every layer's spectra.",
    discussion: """
      Examples:
        isobath survey SmolLM2-135M.gguf --corpus texts.jsonl --output runs/smollm2
        isobath survey ~/models/gpt2 --corpus texts.txt --max-tokens 256 --sites all
        isobath survey HuggingFaceTB/SmolLM2-135M@main --corpus texts.jsonl
        isobath survey MODEL --corpus a.csv.gz --corpus b.csv.gz --sample 1000
        isobath survey MODEL --corpus hh-rlhf/ --preset hh-rlhf
        isobath survey MODEL --corpus texts.jsonl --preparation paper,raw
        isobath survey MODEL --corpus texts.jsonl --measures all --compat wei
        isobath survey MODEL --corpus texts.jsonl --untrained 7
        isobath survey MODEL --corpus texts.jsonl --round-weights q4_0

      The run's folder holds what is needed for every entropy, order and interval later, without the \
      model. Interrupted or killed, the same command goes on where it stood.
      """)

  @OptionGroup var model: ModelArgument

  @OptionGroup var texts: TextOptions
  @OptionGroup(title: "Other weights") var weights: WeightArguments
  @OptionGroup(title: "What is measured") var measure: MeasureOptions
  @OptionGroup(title: "What is measured beside") var beside: CompanionOptions
  @OptionGroup(title: "Resources") var resources: ResourceOptions

  @Option(help: "The run's folder (default: runs/MODEL-CORPUS, with what the weights are instead).")
  var output: String?

  @Flag(help: "Print the outcome as JSON.")
  var json = false

  @OptionGroup var speech: SpeechOptions

  func run() throws {
    try SurveyRunner(options(speech.terminal), speech.terminal).run(json: json)
  }

  /// What is asked, with the model where it lies on this machine.
  func options(_ terminal: Terminal) throws -> SurveyOptions {
    SurveyOptions(
      model: try model.path(terminal), weights: weights.options, corpus: try texts.options(),
      maxTokens: texts.mostTokens, overflow: texts.long,
      sites: measure.sites, preparations: try measure.preparations(),
      orders: try measure.orderList(), positions: measure.positions,
      companions: try beside.companions, seed: measure.seed,
      memory: resources.budget, threads: resources.threads,
      output: output ?? folder)
  }

  /// `runs/MODEL-CORPUS`, from the names alone, or `runs/MODEL-CORPUS-untrained-7`.
  private var folder: String {
    let stem = "\(model.shortName)-\(texts.shortName)\(weights.options.suffix)"
    return "runs/" + Folder.safeName(stem)
  }
}
