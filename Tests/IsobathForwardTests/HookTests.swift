// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathForward
import IsobathModel
import IsobathTestSupport
import Synchronization
import Testing

/// Hooks in the model's equation: what they see, what they change, and in which order.
@Suite struct HookTests {
  private let model: Model
  private let documents: [TokenizedDocument]

  init() throws {
    model = try Model.open(Fixtures.path("tiny/llama-gqa-tied"))
    documents = try Expected("llama-gqa-tied").documents()
  }

  private func zero(_ site: Site) -> Hook {
    .patch([site]) { _, _, states in
      for token in 0..<states.tokens {
        for feature in 0..<states.width { states[token, feature] = 0 }
      }
    }
  }

  /// Without the attention of block 1, everything after it is what transformers computes without it.
  @Test(arguments: ["llama-gqa-tied", "gpt2"]) func ablation(_ name: String) throws {
    let model = try Model.open(Fixtures.path("tiny/\(name)"))
    let expected = try Expected(file: "hooks/\(name).safetensors")
    let documents = try expected.documents()
    let found = try states(model, documents, patch: [zero(.attentionOut(block: 1))])
    let hidden = try expected.floats("hidden_states")
    let blocks = model.dimensions.blocks
    let size = hidden.count / (blocks + 1) / documents.count
    let worst = WorstError("\(name) without an attention", tolerance: Tolerance.tinyStates)
    for entry in 0...blocks {
      let site: Site = entry == blocks ? .finalNorm : .residual(depth: entry)
      for document in documents.indices {
        let start = (entry * documents.count + document) * size
        let states = try #require(found[document][site])
        worst.record(relativeError(states, hidden[start..<(start + size)]), at: "\(site)")
      }
    }
    worst.check()
    #expect(try #require(found[0][.attentionOut(block: 1)]).allSatisfy { $0 == 0 })
  }

  /// The stream is what the parts add up to.
  @Test func partsAddUp() throws {
    let found = try states(model, documents)[0]
    for block in 0..<model.dimensions.blocks {
      let before = try #require(found[.residual(depth: block)])
      let attention = try #require(found[.attentionOut(block: block)])
      let middle = try #require(found[.residualMid(block: block)])
      let mlp = try #require(found[.mlpOut(block: block)])
      let after = try #require(found[.residual(depth: block + 1)])
      #expect(zip(before, attention).map { $0 + $1 } == middle)
      #expect(zip(middle, mlp).map { $0 + $1 } == after)
    }
  }

  @Test func hooksRunInTheirOrderAndObserversChangeNothing() throws {
    let seen = Mutex<[Float]>([])
    let observe = Hook.observe([.residual(depth: 1)]) { _, document, states in
      if document.index == 0 { seen.withLock { $0.append(states[0, 0]) } }
    }
    try ForwardPass(model)(documents, hooks: [observe, zero(.residual(depth: 1)), observe])
    let values = seen.withLock { $0 }
    #expect(values.count == 2 && values[0] != 0 && values[1] == 0)
  }

  /// Nothing after the last watched site is computed.
  @Test func blocksAfterTheLastHookDoNotRun() throws {
    let last = Mutex(0)
    let watch = Hook.observe([.residual(depth: 1)]) { _, _, _ in }
    try ForwardPass(model)(documents, hooks: [watch]) { block in last.withLock { $0 = block } }
    #expect(last.withLock { $0 } == 1)
  }

  @Test func errorsOfHooksArrive() throws {
    struct Wrong: Error {}
    let fail = Hook.observe([.residual(depth: 2)]) { _, _, _ in throw Wrong() }
    #expect(throws: Wrong.self) { try ForwardPass(model)(documents, hooks: [fail]) }
  }

  @Test func documentsThatDoNotFitAreRefused() throws {
    let pass = ForwardPass(model)
    let long = TokenizedDocument(name: "long", ids: [Int32](repeating: 5, count: 65))
    #expect(throws: ModelError.tooLong(document: "long", tokens: 65, context: 64)) {
      try pass([long], hooks: [])
    }
    #expect(
      throws: ModelError.tokenOutOfRange(id: 160, position: 1, document: "a", vocabulary: 160)
    ) { try pass([TokenizedDocument(name: "a", ids: [1, 160])], hooks: []) }
    #expect(throws: ModelError.noTokens(document: "b")) {
      try pass([TokenizedDocument(name: "b", ids: [])], hooks: [])
    }
  }
}
