// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathForward
import IsobathModel
import IsobathTestSupport
import Testing

/// A document's states depend on nothing but itself: no padding, no neighbours, no threads, no future.
@Suite struct IndependenceTests {
  static let names = ["llama-gqa-tied", "gpt2"]

  private func open(_ name: String) throws -> (Model, [TokenizedDocument]) {
    let model = try Model.open(Fixtures.path("tiny/\(name)"))
    let ids = try Expected(name).documents().map(\.ids)
    // Lengths that leave every kind of remainder.
    let lengths = [24, 1, 7, 24, 3, 16, 2]
    let documents = lengths.enumerated().map { index, length in
      TokenizedDocument(name: "\(index)", ids: Array(ids[index % 2].prefix(length)))
    }
    return (model, documents)
  }

  @Test(arguments: names) func aloneAsInABatchBitForBit(_ name: String) throws {
    let (model, documents) = try open(name)
    let together = try states(model, documents)
    for (index, document) in documents.enumerated() {
      let alone = try states(model, [document])[0]
      #expect(alone == together[index], "document \(index) of \(document.ids.count) tokens")
    }
  }

  @Test(arguments: names) func streamingIsResident(_ name: String) throws {
    let (model, documents) = try open(name)
    let resident = try states(model, documents)
    #expect(try states(model, documents, residency: .streaming) == resident)
  }

  /// The first tokens' states do not know what follows.
  @Test(arguments: names) func theFutureDoesNotMatter(_ name: String) throws {
    let expected = try Expected(name)
    let model = try Model.open(Fixtures.path("tiny/\(name)"))
    let documents = try expected.documents()
    let short = documents.map { TokenizedDocument(name: $0.name, ids: Array($0.ids.prefix(10))) }
    let found = try states(model, short)
    let first10 = try expected.floats("hidden_states_first10")
    let whole = try states(model, documents)
    let width = model.dimensions.width
    let worst = WorstError("\(name), first ten tokens", tolerance: Tolerance.tinyStates)
    for (index, states) in found.enumerated() {
      let final = try #require(states[.finalNorm])
      let start = (model.dimensions.blocks * 2 + index) * 10 * width
      worst.record(
        relativeError(final, first10[start..<(start + 10 * width)]), at: "row \(index)")
      let prefix = try #require(whole[index][.finalNorm]).prefix(10 * width)
      worst.record(relativeError(final, prefix), at: "row \(index), own prefix")
    }
    worst.check()
  }
}
