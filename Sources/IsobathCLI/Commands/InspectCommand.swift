// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import IsobathJSON

struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Print what a checkpoint is, without loading it.",
    discussion: """
      Examples:
        isobath inspect SmolLM2-135M.gguf
        isobath inspect ~/models/gpt2 --json
        isobath inspect ~/models/gpt2 --digests      SHA-256 of each file of weights
        isobath inspect HuggingFaceTB/SmolLM2-135M   from the hub's cache, or from the hub

      A model that cannot be run is described as far as its files go, with the reason.
      """)

  @OptionGroup var model: ModelArgument
  @Flag(help: "Print JSON.")
  var json = false
  @Flag(help: "Compute the SHA-256 of each file of weights.")
  var digests = false
  @Flag(help: "List every tensor with its type and shape.")
  var tensors = false
  @OptionGroup var speech: SpeechOptions

  func run() throws {
    let inspection = try Inspection(
      model.path(speech.terminal), digests: digests, tensors: tensors)
    if json {
      let members = inspection.facts.map { ($0.name, $0.json) }
      Terminal.output(JSONValue.object(members).serialized(pretty: true))
    } else {
      let width = inspection.facts.map(\.name.count).max() ?? 0
      for fact in inspection.facts {
        for (index, line) in fact.text.split(separator: "\n").enumerated() {
          let name = index == 0 ? fact.name : ""
          let gap = String(repeating: " ", count: width - name.count + 2)
          Terminal.output(Terminal.printable(name + gap + line))
        }
      }
    }
    if let obstacle = inspection.obstacle { throw obstacle }
  }
}
