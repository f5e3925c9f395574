// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation
import IsobathCheckpoint
import IsobathForward
import IsobathJSON
import IsobathModel
import IsobathStudy
import IsobathText

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
      """)

  @OptionGroup var model: ModelArgument
  @Flag(help: "Print JSON.")
  var json = false
  @Flag(help: "Compute the SHA-256 of each file of weights.")
  var digests = false
  @OptionGroup var speech: SpeechOptions

  func run() throws {
    let loaded = try LoadedModel(try model.path(speech.terminal))
    var facts = self.facts(loaded)
    for (index, file) in loaded.checkpoint.files.enumerated() {
      let name = URL(filePath: file.path).lastPathComponent
      let digest = digests ? try loaded.checkpoint.digests()[index] : nil
      facts.append(("file", "\(name), \(ByteCount(file.bytes))\(digest.map { ", \($0)" } ?? "")"))
    }
    let notes = loaded.checkpoint.notes
    if !notes.isEmpty { facts.append(("left out", notes.joined(separator: "; "))) }
    if json {
      Terminal.output(
        JSONValue.object(facts.map { ($0.0, .string($0.1)) }).serialized(pretty: true))
    } else {
      let width = facts.map(\.0.count).max() ?? 0
      for (name, value) in facts {
        let gap = String(repeating: " ", count: width - name.count + 2)
        Terminal.output(Terminal.printable(name + gap + value))
      }
    }
  }

  private func facts(_ loaded: LoadedModel) -> [(String, String)] {
    let (model, size) = (loaded.model, loaded.model.dimensions)
    let types = loaded.elementTypes.map { "\($0.name) × \($0.tensors)" }.joined(separator: ", ")
    let resident = model.costs.blocks.reduce(model.costs.ends, +)
    return [
      ("model", loaded.name), ("format", loaded.checkpoint.format.name),
      ("family", model.family), ("blocks", "\(size.blocks)"), ("width", "\(size.width)"),
      ("vocabulary", "\(size.vocabulary)"), ("context", "\(size.context) tokens"),
      ("parameters", "\(Numbers.millions(model.parameters)) (\(model.parameters))"),
      ("stored as", types), ("tokenizer", tokenizer(loaded)),
      (
        "memory",
        "\(ByteCount(resident)) of weights in memory, \(ByteCount(model.costs.blocks.max() ?? 0)) "
          + "streamed block by block; 'isobath plan' says more"
      ),
    ]
  }

  /// A checkpoint without a tokenizer can still be run on token ids.
  private func tokenizer(_ loaded: LoadedModel) -> String {
    do { return try loaded.tokenizer().summary } catch { return "none that can be used: \(error)" }
  }
}
