// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathForward
import IsobathModel
import IsobathTestSupport
import Synchronization
import Testing

/// What queries give keys, and how much of it goes to the first token.
@Suite struct AttentionTests {
  static let names = ["llama-gqa-tied", "gpt2", "gpt_neox", "gemma2", "bloom", "bert"]
  static let worst = WorstError("tiny checkpoints, attention", tolerance: Tolerance.attention)

  /// The weights of one head of a document, all queries by all keys.
  struct Head: Hashable {
    let document: Int
    let block: Int
    let head: Int
  }

  private func weights(
    _ model: Model, _ documents: [TokenizedDocument], and other: [Hook] = []
  ) throws -> [Head: [[Float]]] {
    let found = Mutex<[Head: [[Float]]]>([:])
    let watch = Hook.observeAttention(0..<model.dimensions.blocks) { weights in
      let rows = weights.queries.map { query in
        (0..<weights.tokens).map { weights[query: query, key: $0] }
      }
      let place = Head(
        document: weights.document.index, block: weights.block, head: weights.head)
      let (queries, tokens) = (weights.queries, weights.tokens)
      found.withLock {
        $0[place, default: [[Float]](repeating: [], count: tokens)]
          .replaceSubrange(queries, with: rows)
      }
    }
    try ForwardPass(model)(documents, hooks: [watch] + other)
    return found.withLock { $0 }
  }

  @Test(arguments: names) func everyWeight(_ name: String) throws {
    let model = try Model.open(Fixtures.path("tiny/\(name)"))
    let expected = try Expected(file: "attention/\(name).safetensors")
    let found = try weights(model, expected.documents())
    let wanted = try expected.floats("attentions")
    let shape = expected.shape("attentions")
    #expect(found.count == shape[0] * shape[1] && shape[0] == model.dimensions.blocks)
    for block in 0..<shape[0] {
      for head in 0..<shape[1] {
        let rows = try #require(found[Head(document: 0, block: block, head: head)])
        let start = (block * shape[1] + head) * shape[2] * shape[3]
        for (value, index) in zip(rows.joined(), start...) {
          Self.worst.record(
            Double(value - wanted[index]), at: "\(name), block \(block), head \(head)")
          // What is not seen is nothing, not something small.
          if wanted[index] == 0 { #expect(value == 0) }
        }
      }
    }
    Self.worst.check()
  }

  @Test(arguments: names) func sinkRates(_ name: String) throws {
    let model = try Model.open(Fixtures.path("tiny/\(name)"))
    let expected = try Expected(file: "attention/\(name).safetensors")
    let blocks = 0..<model.dimensions.blocks
    let (sinks, low) = (
      AttentionSinkRate(blocks: blocks), AttentionSinkRate(blocks: blocks, threshold: 0.2)
    )
    try ForwardPass(model)(expected.documents(), hooks: [sinks.hook, low.hook])
    let means = try expected.floats("mean_first")
    let found = sinks.readings
    #expect(found.map(\.block) == Array(blocks))
    for (reading, mean) in zip(found, means) {
      Self.worst.record(reading.meanFirst - Double(mean), at: "\(name), \(reading.block), mean")
    }
    #expect(try found.map { Float($0.rate) } == expected.floats("rate"))
    #expect(try low.readings.map { Float($0.rate) } == expected.floats("rate_low"))
    Self.worst.check()
    #expect(sinks.take() == found && sinks.readings.isEmpty)
  }

  /// Several documents, longer than a run of queries: every query is met once, its weights add up to
  /// one, and what is folded is what was seen.
  @Test func longDocuments() throws {
    let model = try Model.open(Fixtures.path("tiny/bloom-heads"))
    let documents = [300, 1, 129].map { length in
      TokenizedDocument(name: "\(length)", ids: (0..<length).map { Int32($0 * 11 % 150) })
    }
    let sinks = AttentionSinkRate(blocks: [1])
    let found = try weights(model, documents, and: [sinks.hook])
    #expect(found.count == documents.count * 2 * 6)
    let worst = WorstError("attention, sums", tolerance: Tolerance.attention)
    for (place, rows) in found {
      #expect(rows.count == documents[place.document].ids.count)
      for (query, row) in rows.enumerated() {
        worst.record(row.reduce(0) { $0 + Double($1) } - 1, at: "\(place), query \(query)")
        #expect(row.dropFirst(query + 1).allSatisfy { $0 == 0 })
      }
    }
    #expect(sinks.readings.map(\.document.name) == ["300", "1", "129"])
    for reading in sinks.readings {
      let means = (0..<6).map { head in
        let rows = found[Head(document: reading.document.index, block: 1, head: head)] ?? []
        return rows.reduce(0) { $0 + Double($1[0]) } / Double(rows.count)
      }
      worst.record(reading.meanFirst - means.reduce(0, +) / 6, at: reading.document.name)
      #expect(reading.rate == Double(means.count { $0 > 0.3 }) / 6)
    }
    worst.check()
    // A document of one token looks at nothing else.
    #expect(sinks.readings[1].meanFirst == 1 && sinks.readings[1].rate == 1)
    let again = AttentionSinkRate(blocks: [1])
    try ForwardPass(model)(documents, hooks: [again.hook])
    #expect(again.readings == sinks.readings)
  }

  /// Watching changes nothing, runs no block beyond, and fails when the watcher does.
  @Test func watching() throws {
    struct Wrong: Error {}
    let model = try Model.open(Fixtures.path("tiny/gpt2"))
    let documents = try Expected("gpt2").documents()
    let watch = Hook.observeAttention([0, 1, 99]) { _ in }
    #expect(try states(model, documents, patch: [watch]) == states(model, documents))
    let last = Mutex(0)
    try ForwardPass(model)(documents, hooks: [watch]) { block in last.withLock { $0 = block } }
    #expect(last.withLock { $0 } == 2)
    let fail = Hook.observeAttention([1]) { _ in throw Wrong() }
    #expect(throws: Wrong.self) { try ForwardPass(model)(documents, hooks: [fail]) }
  }
}
