// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathForward
import IsobathLinear
import IsobathRecord
import IsobathTestSupport
import Synchronization
import Testing

@testable import IsobathModel
@testable import IsobathStudy

/// What is asked of an untrained model's values beside their laws.
@Suite struct UntrainedTests {
  private let ids: [Int32] = [5, 17, 3, 99, 17, 8, 140, 21]

  private func open(_ path: String, seed: UInt64 = 1, _ rounding: WeightRounding? = nil) throws
    -> Model
  {
    try WeightOptions(untrained: seed, rounding: rounding).open(Fixtures.path(path))
  }

  private func states(
    _ model: Model, _ residency: MemoryPlan.Residency = .resident
  ) throws -> [[Float]] {
    let found = Mutex<[[Float]]>([])
    let keep = Hook.observe(model.sites) { _, _, states in
      var values: [Float] = []
      for token in 0..<states.tokens { states.withToken(token) { values += $0 } }
      found.withLock { $0.append(values) }
    }
    try ForwardPass(model, residency: residency)(
      [TokenizedDocument(name: "a", ids: ids)], hooks: [keep])
    return found.withLock { $0 }
  }

  @Test func theSameSeedGivesTheSameModel() throws {
    let once = try states(open("tiny/llama-gqa-tied"))
    #expect(try states(open("tiny/llama-gqa-tied")) == once)
    #expect(try states(open("tiny/llama-gqa-tied"), .streaming) == once)
    #expect(try states(open("tiny/llama-gqa-tied", seed: 2)) != once)
    #expect(try states(Model.open(Fixtures.path("tiny/llama-gqa-tied"))) != once)
  }

  /// Rows, matrices and blocks in any order, again and again.
  @Test func valuesDoNotDependOnWhatWasAskedBefore() throws {
    let name = "model.embed_tokens.weight"
    let whole = try open("tiny/llama-gqa-tied").weights.matrix(name, 160, 48)
    let other = try open("tiny/llama-gqa-tied").weights
    _ = try other.matrix("model.layers.1.mlp.down_proj.weight", 48, 96)
    let rows = [159, 0, 31, 159]
    for _ in 0..<2 {
      let part = try other.gather(name, rows, 160, 48)
      for (place, row) in rows.enumerated() {
        for column in 0..<48 { #expect(part[place, column] == whole[row, column]) }
      }
    }
    let weights = try open("tiny/llama-gqa-tied").weights
    let blocks = try (0..<2).map {
      try weights.matrix("model.layers.\($0).mlp.up_proj.weight", 96, 48).elements
    }
    #expect(blocks[0] != blocks[1])
  }

  /// What converters to GGUF transpose, permute, stack and add is not done to values that are made.
  @Test(arguments: [
    ("llama", "llama-gqa-tied"), ("gpt2", "gpt2"), ("gemma", "gemma"), ("qwen3", "qwen3"),
    ("gpt_neox", "gpt_neox"), ("bloom", "bloom"), ("mixtral", "mixtral"), ("phi3", "phi3"),
    ("bert", "bert"), ("olmo2", "olmo2"),
  ])
  func ggufFilesGiveTheSameModel(_ file: String, _ checkpoint: String) throws {
    let found = try states(open("gguf/tiny-\(file).gguf"))
    #expect(try found == states(open("tiny/\(checkpoint)")))
  }

  /// The head of a tied model is its embeddings, although this file has a head of its own.
  @Test(arguments: [true, false]) func tiesHold(_ isTied: Bool) throws {
    let path =
      isTied
      ? try Fixtures.altered(
        "llama-untied", "\"tie_word_embeddings\": false", "\"tie_word_embeddings\": true")
      : Fixtures.path("tiny/llama-untied")
    let model = try WeightOptions(untrained: 1).open(path)
    let table = try model.weights.matrix("model.embed_tokens.weight", 160, 48)
    let states = table.slice(0..<4)
    let next: [Int32?] = [1, 2, 3, nil]
    let found = try #require(try model.head())
    let said = states.withView { found.read($0, next: next) }
    let tied = states.withView { LanguageHead(table).read($0, next: next) }
    #expect((said == tied) == isTied)
  }

  @Test func pickledCheckpointsHaveUntrainedModels() throws {
    let trained = try states(Model.open(Fixtures.path("tiny/llama-bin")))
    let untrained = try states(open("tiny/llama-bin"))
    #expect(untrained.count == trained.count && untrained != trained)
  }

  /// Llama without rules.
  private struct Bare: Architecture {
    static let name = "bare"
    static let about = ""
    static let modelTypes: Set = ["bare"]
    static let gguf: GGUFNames? = nil
    static func initialisation(of modelType: String) -> Initialisation? { nil }
    static func ignores(_ tensor: String) -> Bool { Llama.ignores(tensor) }

    let llama: Llama
    var dimensions: Dimensions { llama.dimensions }

    init(_ config: ConfigReader) throws { llama = try Llama(config) }
    func embedding(_ w: Weights) throws -> any Embedding { try llama.embedding(w) }
    func block(_ index: Int, _ w: Weights) throws -> any Block { try llama.block(index, w) }
    func finalNorm(_ w: Weights) throws -> any RowMap { try llama.finalNorm(w) }
  }

  @Test func aFamilyWithoutRulesIsRefused() throws {
    let config = ConfigReader([:], file: "config.json")
    let error = #expect(throws: ModelError.self) {
      try InitialLaws(of: Bare.self, "bare", config, padding: nil, blocks: 2)
    }
    let sentence = "\(try #require(error))"
    #expect(sentence.contains("'bare'") && sentence.contains("--untrained"))
    #expect(!sentence.contains("\n"))
  }

  /// Rules of another family: they know nothing of the first tensor that is asked for.
  @Test func aTensorWithoutARuleIsNamed() throws {
    let checkpoint = try Checkpoint.open(Fixtures.path("tiny/llama-gqa-tied"))
    let config = ConfigReader(checkpoint.config, file: checkpoint.configFile)
    let laws = try InitialLaws(of: GPT2.self, "gpt2", config, padding: nil, blocks: 2)
    let maker = InitialWeights(laws: laws, normals: { _, _, _ in })
    let error = #expect(throws: CheckpointError.self) {
      try Model(checkpoint, Llama(config), treatment: WeightTreatment(maker: maker))
    }
    #expect("\(try #require(error))".contains("'model.embed_tokens.weight'"))
  }

  @Test func theWholeNumberOfParametersIsDivided() throws {
    let model = try Model.open(Fixtures.path("tiny/gpt2"))
    #expect(model.parameters - model.nonEmbeddingParameters == (160 + 64) * 48)
  }

  /// An untrained model is rounded after it is made.
  @Test func bothMayBeAskedFor() throws {
    let name = "model.layers.0.mlp.down_proj.weight"
    let plain = try open("tiny/llama-gqa-tied").weights.matrix(name, 48, 96)
    let rounded = try open("tiny/llama-gqa-tied", .bf16).weights.matrix(name, 48, 96)
    let half = plain.elements.map { value -> UInt32 in
      let bits = value.bitPattern
      return (bits + 0x7FFF + (bits >> 16 & 1)) & 0xFFFF_0000
    }
    #expect(rounded.elements.map(\.bitPattern) == half)
  }

  @Test func namesSayWhatWasDone() {
    let both = WeightOptions(untrained: 7, rounding: .q4_0)
    #expect(both.named("gpt2") == "gpt2, untrained seed 7, rounded to q4_0")
    #expect(both.suffix == "-untrained-7-q4_0")
    #expect(WeightOptions().named("gpt2") == "gpt2" && WeightOptions().suffix.isEmpty)
    #expect(WeightOptions().settings.isEmpty)
    #expect(both.settings.map(\.name) == ["untrained", "round-weights"])
  }
}
