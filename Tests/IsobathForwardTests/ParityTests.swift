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
    "llama-sharded", "llama-bf16", "llama-f16",
  ]
  static let worst = WorstError("tiny checkpoints, hidden states", tolerance: Tolerance.tinyStates)

  @Test(arguments: checkpoints) func everyHiddenState(_ name: String) throws {
    try compare(Model.open(Fixtures.path("tiny/\(name)")), Expected(name), name)
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
    let hidden = try expected.floats("hidden_states")
    let size = hidden.count / (blocks + 1) / documents.count
    for entry in 0...blocks {
      let site: Site = entry == blocks ? .finalNorm : .residual(depth: entry)
      for document in documents.indices {
        let start = (entry * documents.count + document) * size
        let error = relativeError(
          try #require(found[document][site]), hidden[start..<(start + size)])
        Self.worst.record(error, at: "\(name), \(site)")
      }
    }
    try compareRawBlocks(found, expected, blocks, size, name)
    Self.worst.check()
  }

  /// The raw output of every block, the last one's included.
  private func compareRawBlocks(
    _ found: [[Site: [Float]]], _ expected: Expected, _ blocks: Int, _ size: Int, _ name: String
  ) throws {
    guard !expected.shape("block_outputs").isEmpty else { return }
    let raw = try expected.floats("block_outputs")
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
