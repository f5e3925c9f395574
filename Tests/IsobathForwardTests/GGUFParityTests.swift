// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathModel
import IsobathTestSupport
import Testing

/// Hidden states of GGUF files against those of the checkpoints that they were converted from.
@Suite struct GGUFParityTests {
  static let worst = WorstError("tiny GGUF files, hidden states", tolerance: Tolerance.tinyStates)

  @Test(arguments: [("tiny-llama", "llama-gqa-tied"), ("tiny-gpt2", "gpt2")])
  func everyHiddenState(_ name: String, _ twin: String) throws {
    let model = try Model.open(Fixtures.path("gguf/\(name).gguf"))
    let expected = try Expected(twin)
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
    Self.worst.check()
  }

  /// The same numbers in another order of rows: the same bits.
  @Test(arguments: [("tiny-llama", "llama-gqa-tied"), ("tiny-gpt2", "gpt2")])
  func sameBitsAsTheTwin(_ name: String, _ twin: String) throws {
    let documents = try Expected(twin).documents()
    let found = try states(Model.open(Fixtures.path("gguf/\(name).gguf")), documents)
    let wanted = try states(Model.open(Fixtures.path("tiny/\(twin)")), documents)
    #expect(found == wanted)
  }
}
