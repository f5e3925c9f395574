// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import IsobathForward
import IsobathModel

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Print how a survey would use memory.",
    discussion: """
      Examples:
        isobath plan MODEL                       documents of up to 512 tokens
        isobath plan MODEL --max-tokens 2048 --memory 3GiB
      """)

  @OptionGroup var model: ModelArgument
  @Option(help: "Tokens of the longest document.")
  var maxTokens = 512
  @OptionGroup(title: "Resources") var resources: ResourceOptions
  @OptionGroup var speech: SpeechOptions

  func run() throws {
    let model = try Model.open(try model.path(speech.terminal))
    let plan = try MemoryPlan(
      costs: model.costs, dimensions: model.dimensions,
      longest: min(maxTokens, model.dimensions.context), budget: resources.budget,
      threads: resources.threads)
    let how =
      plan.residency == .resident
      ? "all blocks stay in memory" : "one block at a time, read again for every batch"
    Terminal.output("budget   \(ByteCount(resources.budget))")
    Terminal.output("weights  \(ByteCount(plan.weightBytes)), \(how)")
    Terminal.output("states   \(ByteCount(plan.stateBytes)), batches of \(plan.batchTokens) tokens")
    Terminal.output("work     \(ByteCount(plan.workBytes)) on \(resources.threads) threads")
    Terminal.output("peak     \(ByteCount(plan.peakBytes))")
  }
}
