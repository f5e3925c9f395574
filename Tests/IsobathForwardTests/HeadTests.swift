// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathCheckpoint
import IsobathForward
import IsobathLinear
import IsobathModel
import IsobathTestSupport
import Testing

/// The language-model head: closed forms, blocks of the vocabulary, and where checkpoints keep it.
@Suite struct HeadTests {
  private func noise(_ rows: Int, _ columns: Int, seed: Int) -> Matrix {
    let values = (0..<(rows * columns)).map { Float(sin(Double(($0 + 1) * (seed + 7) * 9973))) }
    return Matrix(rows, columns, values)
  }

  private func read(
    _ head: LanguageHead, _ states: Matrix, next: [Int32?]
  ) -> [LanguageHead.Prediction] {
    states.withView { head.read($0, next: next) }
  }

  /// Equal logits: loss and entropy are ln V, whatever the bias that all have.
  @Test(arguments: [1, 2, 5000, 32_003]) func uniform(_ vocabulary: Int) {
    let head = LanguageHead(
      Matrix(zeros: vocabulary, 8), bias: [Float](repeating: 3, count: vocabulary))
    let worst = WorstError("uniform logits of \(vocabulary)", tolerance: Tolerance.sums)
    for prediction in read(head, noise(3, 8, seed: 1), next: [0, Int32(vocabulary - 1), 0]) {
      worst.record((prediction.loss ?? .nan) - log(Double(vocabulary)), at: "loss")
      worst.record(prediction.entropy - log(Double(vocabulary)), at: "entropy")
    }
    worst.check()
  }

  /// Two tokens whose logits are 0 and x, with bias and cap: p = 1 / (1 + eˣ).
  @Test func twoTokens() {
    let worst = WorstError("two tokens", tolerance: Tolerance.lens)
    for (bias, cap) in [(nil, nil), ([0, 2], nil), (nil, 5), ([0, -1], 5)] as [([Float]?, Float?)] {
      let head = LanguageHead(Matrix(2, 1, [0, 1]), bias: bias, cap: cap)
      for x in stride(from: Float(-30), through: 30, by: 0.5) {
        var logit = Double(x + (bias?[1] ?? 0))
        if let cap { logit = Double(cap) * tanh(logit / Double(cap)) }
        let p = 1 / (1 + exp(-logit))
        let found = read(head, Matrix(1, 1, [x]), next: [1])[0]
        worst.record((found.loss ?? .nan) - log1p(exp(-logit)), at: "loss at \(x)")
        let entropy = log1p(exp(-abs(logit))) + abs(logit) * min(p, 1 - p)
        worst.record(found.entropy - entropy, at: "entropy at \(x)")
      }
    }
    worst.check()
  }

  /// The vocabulary's blocks leave no trace, nor do other rows.
  @Test func blocks() {
    let (weight, states) = (noise(1000, 40, seed: 2), noise(300, 40, seed: 3))
    let next = (0..<300).map { $0 % 7 == 0 ? nil : Int32($0 * 3) }
    let whole = read(LanguageHead(weight, panel: 1000), states, next: next)
    let worst = WorstError("blocks of the vocabulary", tolerance: Tolerance.sums)
    for panel in [1, 16, 333, 999, 4096] {
      let parts = read(LanguageHead(weight, panel: panel), states, next: next)
      for (row, pair) in zip(parts, whole).enumerated() {
        worst.record(pair.0.entropy - pair.1.entropy, at: "entropy of row \(row), \(panel)")
        worst.record((pair.0.loss ?? 0) - (pair.1.loss ?? 0), at: "loss of row \(row), \(panel)")
        #expect((pair.0.loss == nil) == (next[row] == nil))
      }
    }
    worst.check()
    let alone = read(LanguageHead(weight, panel: 1000), states.slice(290..<291), next: [next[290]])
    #expect(alone == [whole[290]])
    #expect(read(LanguageHead(weight), states.slice(0..<0), next: []).isEmpty)
  }

  /// A state that overflowed has no loss that looks like one.
  @Test func notFinite() {
    let head = LanguageHead(noise(100, 2, seed: 4), panel: 16)
    for value in [Float.nan, .infinity] {
      let found = read(head, Matrix(2, 2, [value, 1, 1, 1]), next: [3, 3])
      #expect(found[0].entropy.isNaN && found[0].loss?.isNaN == true)
      #expect(found[1].entropy.isFinite && found[1].loss?.isFinite == true)
    }
  }

  /// What is counted: one matrix beside the hidden states' parameters, as float32.
  @Test func costs() throws {
    var file = try GGUFEditor("tiny-llama-untied")
    let untied = try Model.open(file.write())
    _ = try file.remove("output.weight")
    let tied = try Model.open(file.write())
    #expect(untied.costs == tied.costs && untied.costs.head == 160 * 48 * 4)
    #expect(untied.parameters == tied.parameters)
    #expect(try Model.open(Fixtures.path("tiny/phi")).costs.head == (160 * 48 + 160) * 4)
    #expect(try Model.open(Fixtures.path("tiny/bert")).costs.head == 0)
    let narrow = try Model.open(Fixtures.path("tiny/opt-350m-style"))
    #expect(narrow.costs.head == 160 * narrow.width(at: .finalNorm) * 4)
    let plans = try [false, true].map { holdsHead in
      try MemoryPlan(
        costs: untied.costs, dimensions: untied.dimensions, longest: 24, budget: 1 << 30,
        threads: 2, beside: holdsHead ? .head(untied.costs, untied.dimensions) : .init())
    }
    #expect(plans[1].weightBytes - plans[0].weightBytes == untied.costs.head)
    #expect(plans[1].workBytes - plans[0].workBytes >= 2 * LanguageHead.scratchBytes)
  }

  /// Neither stored nor tied: the model opens, and says why there is no loss.
  @Test func noHead() throws {
    let path = try Fixtures.altered(
      "llama-gqa-tied", "\"tie_word_embeddings\": true", "\"tie_word_embeddings\": false")
    let model = try Model.open(path)
    #expect(try model.head() == nil && model.lens() == nil)
    #expect(model.noHead == .notStored(file: model.checkpoint.path) && model.costs.head == 0)
    #expect("\(try #require(model.noHead))".contains("saved without its language-model head"))
    let encoder = try Model.open(Fixtures.path("tiny/bert"))
    #expect("\(try #require(encoder.noHead))".contains("'bert' predicts no next token"))
  }

  /// The key may be null or absent: the family's own way.
  @Test(arguments: [
    ("gpt2", true), ("gemma2", true), ("opt", true), ("bloom", true), ("qwen2", false),
    ("llama3-rope", false),
  ]) func tiesWithoutTheKey(_ name: String, _ isTied: Bool) throws {
    for other in ["\"tie_word_embeddings\": null", "\"_commit_hash\": null"] {
      let path = try Fixtures.altered(name, "\"tie_word_embeddings\": true", other)
      #expect(try (Model.open(path).head() != nil) == isTied)
    }
  }

  /// GGUF files: no output of their own means the embeddings; a wrong one is an error of the head alone.
  @Test func ggufHeads() throws {
    var file = try GGUFEditor("tiny-llama-untied")
    let output = try file.remove("output.weight")
    #expect(try Model.open(file.write()).head()?.vocabulary == 160)
    file.tensors.append(
      .init(name: output.name, extents: [48, 159], type: 0, data: Array(output.data.dropLast(192))))
    let model = try Model.open(file.write())
    #expect(model.costs.head == 0 && model.noHead == nil)
    #expect {
      try model.head()
    } throws: {
      "\($0)".contains("output.weight") && "\($0)".contains("[160, 48]")
    }
    file = try GGUFEditor("tiny-phi")
    _ = try file.remove("output.bias")
    let phi = try Model.open(file.write())
    #expect { try phi.lens() } throws: { "\($0)".contains("output.bias") }
  }

  /// Gemma 2 caps logits at 30 when the configuration does not say; a null says that it does not.
  @Test func gemmaCaps() throws {
    let key = "\"final_logit_softcapping\": 30.0"
    let states = noise(4, 48, seed: 5)
    let found = try [key, "\"_commit_hash\": null", "\"final_logit_softcapping\": null"].map {
      let head = try #require(try Model.open(Fixtures.altered("gemma2", key, $0)).head())
      let large = Elementwise.scaled(states, by: 20)
      return read(head, large, next: [1, 2, 3, 4])
    }
    #expect(found[0] == found[1] && found[0] != found[2])
    let files = try [.fraction(30), nil, .fraction(5)].map { (cap: GGUFEditor.Value?) in
      var file = try GGUFEditor("tiny-gemma2")
      file.set("gemma2.final_logit_softcapping", cap)
      return read(
        try #require(try Model.open(file.write()).head()), Elementwise.scaled(states, by: 20),
        next: [1, 2, 3, 4])
    }
    #expect(files[0] == found[0] && files[1] == found[0] && files[2] != found[0])
    #expect(throws: CheckpointError.self) {
      try Model.open(Fixtures.altered("gemma2", key, "\"final_logit_softcapping\": \"30\""))
    }
  }
}
