// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathCheckpoint
import IsobathModel
import IsobathTestSupport
import Testing

/// Hidden states of tiny random checkpoints against transformers.
@Suite struct ParityTests {
  static let checkpoints = [
    "gpt2", "gpt2-cerebras", "gpt2-invlayer", "llama-gqa-tied", "llama-untied", "llama3-rope",
    "llama-sharded", "llama-bf16", "llama-f16", "mistral-swa", "mixtral", "qwen2", "qwen3", "gemma",
    "gemma2", "gemma3-text", "olmo2", "phi", "phi3", "gpt_neox", "gpt_neox-seqres", "gpt_neo",
    "opt",
    "opt-350m-style", "bloom", "bert", "roberta", "llama-yarn", "llama-linear", "phi3-longrope",
    "phi-normed", "qwen2-window", "gemma3-scaled", "bloom-heads", "llama-bin", "gpt2-bin-legacy",
  ]
  static let worst = WorstError("tiny checkpoints, hidden states", tolerance: Tolerance.tinyStates)

  @Test(arguments: checkpoints) func everyHiddenState(_ name: String) throws {
    try compare(Model.open(Fixtures.path("tiny/\(name)")), Expected(name), name)
  }

  /// The first tokens of a document alone: nobody sees what comes later, and LongRoPE's factors are
  /// those of the document's own length.
  @Test(arguments: checkpoints) func beginnings(_ name: String) throws {
    let expected = try Expected(name)
    let model = try Model.open(Fixtures.path("tiny/\(name)"))
    for (tensor, length) in [("hidden_states_first10", 10), ("hidden_states_first12", 12)]
    where !expected.shape(tensor).isEmpty {
      let documents = try expected.documents().map {
        TokenizedDocument(name: $0.name, ids: Array($0.ids.prefix(length)))
      }
      let found = try states(model, documents, sites: model.depthCurve)
      let hidden = try expected.floats(tensor)
      let size = hidden.count / (model.dimensions.blocks + 1) / documents.count
      for entry in 0..<model.dimensions.blocks {
        for document in documents.indices {
          let start = (entry * documents.count + document) * size
          Self.worst.record(
            relativeError(
              try #require(found[document][.residual(depth: entry)]), hidden[start..<(start + size)]
            ),
            at: "\(name), first \(length), entry \(entry)")
        }
      }
    }
    Self.worst.check()
  }

  /// The flat spelling of older transformers says the same.
  @Test(arguments: checkpoints) func olderConfiguration(_ name: String) throws {
    let folder = try Fixtures.temporaryFolder()
    let origin = Fixtures.path("tiny/\(name)/")
    for file in try FileManager.default.contentsOfDirectory(atPath: origin)
    where !file.hasPrefix("config") {
      try FileManager.default.copyItem(
        atPath: origin + file, toPath: folder.appending(path: file).path)
    }
    try FileManager.default.copyItem(
      atPath: origin + "config.legacy.json", toPath: folder.appending(path: "config.json").path)
    try compare(Model.open(folder.path), Expected(name), "\(name), older configuration")
  }

  private func compare(_ model: Model, _ expected: Expected, _ name: String) throws {
    let blocks = model.dimensions.blocks
    let documents = try expected.documents()
    let found = try states(model, documents)
    for entry in 0...blocks {
      let hidden = try expected.hiddenState(entry, of: blocks + 1)
      let size = hidden.count / documents.count
      // An encoder has no norm after its last block.
      let last: Site = model.sites.contains(.finalNorm) ? .finalNorm : .residual(depth: blocks)
      let site = entry == blocks ? last : .residual(depth: entry)
      for document in documents.indices {
        let error = relativeError(
          try #require(found[document][site]), hidden[(document * size)..<((document + 1) * size)])
        Self.worst.record(error, at: "\(name), \(site)")
      }
    }
    try compareRawBlocks(found, expected, blocks, name)
    Self.worst.check()
  }

  /// The raw output of every block, the last one's included.
  private func compareRawBlocks(
    _ found: [[Site: [Float]]], _ expected: Expected, _ blocks: Int, _ name: String
  ) throws {
    guard !expected.shape("block_outputs").isEmpty else { return }
    let raw = try expected.floats("block_outputs")
    let size = raw.count / blocks / found.count
    for block in 0..<blocks {
      for document in found.indices {
        let start = (block * found.count + document) * size
        let states = try #require(found[document][.residual(depth: block + 1)])
        Self.worst.record(
          relativeError(states, raw[start..<(start + size)]),
          at: "\(name), output of block \(block)")
      }
    }
  }
}
