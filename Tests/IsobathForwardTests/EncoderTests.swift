// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathForward
import IsobathModel
import IsobathTestSupport
import Testing

/// What encoders have and decoders have not: token types, and sight in both directions.
@Suite struct EncoderTests {
  static let worst = WorstError("encoders, hidden states", tolerance: Tolerance.tinyStates)

  private func compare(
    _ found: [[Site: [Float]]], _ tensor: String, _ expected: Expected, _ model: Model
  ) throws {
    let blocks = model.dimensions.blocks
    let hidden = try expected.floats(tensor)
    let size = hidden.count / (blocks + 1) / found.count
    for entry in 0...blocks {
      for document in found.indices {
        let start = (entry * found.count + document) * size
        let states = try #require(found[document][.residual(depth: entry)])
        // The reference pads shorter documents; their padding is nobody's state.
        Self.worst.record(
          relativeError(states, hidden[start..<(start + states.count)]), at: "\(tensor) \(entry)")
      }
    }
    Self.worst.check()
  }

  @Test func tokenTypes() throws {
    let (model, expected) = (
      try Model.open(Fixtures.path("tiny/bert")), try Expected("bert")
    )
    let types = try expected.integers("token_type_ids")
    let documents = zip(try expected.documents(), types).map {
      TokenizedDocument(name: $0.name, ids: $0.ids, types: $1)
    }
    try compare(states(model, documents), "hidden_states_types", expected, model)
    #expect(throws: ModelError.typeOutOfRange(type: 2, types: 2)) {
      try states(model, [TokenizedDocument(name: "wrong", ids: [1, 2], types: [0, 2])])
    }
  }

  /// A document alone has the states that it has beside a longer one, without the reference's padding.
  @Test(arguments: ["bert", "roberta"]) func shorterDocuments(_ name: String) throws {
    let (model, expected) = (
      try Model.open(Fixtures.path("tiny/\(name)")), try Expected(name)
    )
    let masks = try expected.integers("attention_mask_padded")
    let documents = zip(try expected.documents(), masks).map { document, mask in
      TokenizedDocument(
        name: document.name, ids: Array(document.ids.prefix(mask.count { $0 == 1 })))
    }
    #expect(Set(documents.map(\.ids.count)).count > 1)
    try compare(states(model, documents), "hidden_states_padded", expected, model)
  }

  @Test func thereIsNoFinalNorm() throws {
    let model = try Model.open(Fixtures.path("tiny/bert"))
    #expect(!model.sites.contains(.finalNorm))
    #expect(model.depthCurve == (0...3).map { .residual(depth: $0) })
  }

  /// Blocks whose halves read the same stream have no middle.
  @Test(arguments: [("gpt_neox", false), ("gpt_neox-seqres", true), ("phi", false), ("opt", true)])
  func middles(_ name: String, _ hasMiddle: Bool) throws {
    let sites = try Model.open(Fixtures.path("tiny/\(name)")).sites
    #expect(sites.contains(.residualMid(block: 0)) == hasMiddle)
  }
}
