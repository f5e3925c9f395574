// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathForward
import IsobathLinear
import IsobathModel
import IsobathTestSupport
import Synchronization
import Testing

/// What heads say of the next token: against transformers, and of GGUF files against their twins.
@Suite struct LensTests {
  static let worst = WorstError("tiny checkpoints, loss and entropy", tolerance: Tolerance.lens)
  static let expected = Result {
    try JSONDecoder().decode([String: Text].self, from: Fixtures.data("lens.json"))
  }
  static let causal = ParityTests.checkpoints.filter { !["bert", "roberta"].contains($0) }

  /// What the reference says of one text.
  struct Text: Decodable {
    struct Reading: Decodable {
      let loss: [Double]
      let entropy: [Double]
    }
    let ids: [Int32]
    let output: Reading
    let residuals: [Reading]
  }

  /// The readings of one document at every residual, and at the output.
  private func read(
    _ model: Model, _ ids: [Int32]
  ) throws -> (residuals: [LensReading], output: LensReading) {
    let lens = try #require(try model.lens())
    let found = Mutex<[Site: LensReading]>([:])
    let hook = Hook.observe(model.depthCurve) { site, _, states in
      let reading = lens(states.view, ids: ids, isNormed: site == .finalNorm)
      found.withLock { $0[site] = reading }
    }
    try ForwardPass(model)([TokenizedDocument(name: "text", ids: ids)], hooks: [hook])
    let readings = found.withLock { $0 }
    let last = Site.residual(depth: model.dimensions.blocks)
    return (
      try (0...model.dimensions.blocks).map { try #require(readings[.residual(depth: $0)]) },
      try #require(readings[model.sites.contains(.finalNorm) ? .finalNorm : last])
    )
  }

  private func compare(_ found: LensReading, _ expected: Text.Reading, _ place: String) throws {
    try #require(found.loss.count == expected.loss.count)
    try #require(found.entropy.count == expected.entropy.count)
    for (token, pair) in zip(found.loss, expected.loss).enumerated() {
      Self.worst.record(pair.0 - pair.1, at: "\(place), loss after token \(token)")
    }
    for (token, pair) in zip(found.entropy, expected.entropy).enumerated() {
      Self.worst.record(pair.0 - pair.1, at: "\(place), entropy after token \(token)")
    }
  }

  @Test(arguments: causal) func everyDepth(_ name: String) throws {
    let expected = try #require(Self.expected.get()[name])
    let model = try Model.open(Fixtures.path("tiny/\(name)"))
    let (residuals, output) = try read(model, expected.ids)
    try compare(output, expected.output, "\(name), output")
    try #require(expected.residuals.count == residuals.count)
    for (depth, reading) in residuals.enumerated() {
      try compare(reading, expected.residuals[depth], "\(name), residual.\(depth)")
    }
    Self.worst.check()
  }

  /// Every causal family is among them, and no other has a head.
  @Test func everyFamily() throws {
    let heads = try ParityTests.checkpoints.map { name in
      let model = try Model.open(Fixtures.path("tiny/\(name)"))
      #expect((model.noHead == nil) == model.isCausal)
      #expect((try model.head() == nil) == !model.isCausal)
      return model.isCausal ? model.family : nil
    }
    let others = ["bert", "clip", "siglip", "vit"]
    #expect(Set(heads.compactMap { $0 } + others) == Set(families.map { $0.name }))
  }

  @Test(arguments: GGUFParityTests.twins) func sameBitsAsTheTwin(
    _ twin: GGUFParityTests.Twin
  ) throws {
    let (model, origin) = (try twin.model(), try twin.origin())
    guard model.isCausal else {
      #expect(try model.head() == nil)
      return
    }
    let ids = try Expected(twin.checkpoint).documents()[0].ids
    #expect(try read(model, ids).output == read(origin, ids).output)
    #expect(model.costs.head == origin.costs.head && model.costs.head >= 160 * 48 * 4)
  }

  /// Rows are read in blocks: what follows changes no bit, nor does whether a hook reads them, on its
  /// thread alone, or all threads after it.
  @Test func longDocuments() throws {
    let model = try Model.open(Fixtures.path("tiny/bloom-heads"))
    let lens = try #require(try model.lens())
    let ids = (0..<600).map { Int32($0 * 7 % 150) }
    let whole = try read(model, ids).output
    let part = try read(model, Array(ids.prefix(300))).output
    #expect(whole.loss.count == 599 && whole.entropy.count == 600)
    #expect(part.loss == Array(whole.loss.prefix(299)))
    #expect(whole.entropy.allSatisfy { $0 >= 0 && $0 <= log(160) })
    let document = TokenizedDocument(name: "text", ids: ids)
    let normed = try #require(try states(model, [document], sites: [.finalNorm])[0][.finalNorm])
    let later = Matrix(600, 48, normed).withView { lens($0, ids: ids, isNormed: true) }
    #expect(later == whole)
    #expect(lens.head.vocabulary == 160 && lens.head.width == 48)
  }
}
