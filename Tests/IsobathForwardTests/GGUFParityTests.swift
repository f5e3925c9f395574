// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathForward
import IsobathModel
import IsobathTestSupport
import Testing

/// Hidden states of GGUF files against those of the checkpoints that they were converted from.
@Suite struct GGUFParityTests {
  static let worst = WorstError("tiny GGUF files, hidden states", tolerance: Tolerance.tinyStates)

  /// A file, its checkpoint, and what that says otherwise because files do not hold it.
  struct Twin: CustomTestStringConvertible, Sendable {
    let file: String
    let checkpoint: String
    let change: (String, String)?
    /// Numbers that the converter cuts off.
    let cut: Int

    init(
      _ name: String, file: String? = nil, saying change: (String, String)? = nil, cut: Int = 0
    ) {
      (checkpoint, self.file, self.change) = (name, "tiny-\(file ?? name)", change)
      self.cut = cut
    }

    var testDescription: String { file }

    func model() throws -> Model { try Model.open(Fixtures.path("gguf/\(file).gguf")) }

    func origin() throws -> Model {
      guard let change else { return try Model.open(Fixtures.path("tiny/\(checkpoint)")) }
      return try Model.open(Fixtures.altered(checkpoint, change.0, change.1))
    }
  }

  static let twins = [
    Twin("llama-gqa-tied", file: "llama"), Twin("llama-untied"), Twin("llama-yarn"),
    Twin("mixtral"),
    Twin("qwen2"), Twin("qwen3"), Twin("gemma"), Twin("gpt2"), Twin("gpt_neox"),
    Twin("gpt_neox-seqres"), Twin("phi"), Twin("phi3"), Twin("phi3-longrope"), Twin("olmo2"),
    Twin("bloom"), Twin("bert"), Twin("roberta", cut: 2 * 48),
    Twin("mistral-swa", saying: ("\"sliding_window\": 8", "\"sliding_window\": null")),
    Twin("gemma2", saying: ("\"query_pre_attn_scalar\": 24", "\"query_pre_attn_scalar\": 16")),
    Twin(
      "gemma3-scaled", saying: ("\"query_pre_attn_scalar\": 20", "\"query_pre_attn_scalar\": 16")),
  ]
  /// The converter rounds each frequency's divisor to float32 by itself: other last bits.
  static let rounded = Twin("llama3-rope")

  /// Against transformers.
  @Test(arguments: twins.filter { $0.change == nil } + [rounded])
  func everyHiddenState(_ twin: Twin) throws {
    let model = try twin.model()
    let expected = try Expected(twin.checkpoint)
    let documents = try expected.documents()
    let blocks = model.dimensions.blocks
    let found = try states(model, documents)
    let sites = model.sites.contains(.finalNorm) ? blocks : blocks + 1
    for entry in 0...blocks {
      let hidden = try expected.hiddenState(entry, of: blocks + 1)
      let size = hidden.count / documents.count
      let site: Site = entry < sites ? .residual(depth: entry) : .finalNorm
      for document in documents.indices {
        let error = relativeError(
          try #require(found[document][site]), hidden[(document * size)..<((document + 1) * size)])
        Self.worst.record(error, at: "\(twin.file), \(site)")
      }
    }
    Self.worst.check()
  }

  /// The same numbers, some of them in another order of rows: the same bits.
  @Test(arguments: twins) func sameBitsAsTheTwin(_ twin: Twin) throws {
    let (model, origin) = (try twin.model(), try twin.origin())
    #expect(model.dimensions.width == origin.dimensions.width)
    #expect(model.sites == origin.sites)
    #expect(model.costs == origin.costs)
    #expect(model.parameters == origin.parameters - twin.cut)
    let documents = try Expected(twin.checkpoint).documents()
    #expect(try states(model, documents) == states(origin, documents))
  }

  /// Every family that has GGUF files is among the twins.
  @Test func everyFamily() throws {
    let run = try Set(Self.twins.map { try $0.model().family } + ["mistral"])
    #expect(run == Set(families.filter { $0.gguf != nil }.map { $0.name }))
  }
}

/// Files as other writers leave them: the same numbers in other places.
@Suite struct GGUFVariantTests {
  private func sameBits(
    _ file: GGUFEditor, _ checkpoint: String, family: String? = nil
  ) throws {
    let model = try Model.open(file.write())
    let documents = try Expected(checkpoint).documents()
    let wanted = try states(Model.open(Fixtures.path("tiny/\(checkpoint)")), documents)
    #expect(try states(model, documents) == wanted)
    if let family { #expect(model.family == family) }
  }

  /// A window makes a file of architecture llama Mistral's.
  @Test func mistralWithItsWindow() throws {
    var file = try GGUFEditor("tiny-mistral-swa")
    file.set("llama.attention.sliding_window", .number(8))
    try sameBits(file, "mistral-swa", family: "mistral")
  }

  /// Zeros that say that there is no such thing.
  @Test func zeros() throws {
    var file = try GGUFEditor("tiny-llama")
    for key in ["attention.sliding_window", "expert_count", "expert_used_count"] {
      file.set("llama.\(key)", .number(0))
    }
    try sameBits(file, "llama-gqa-tied", family: "llama")
  }

  /// One value for each block, all equal; keys that repeat what others say, absent or present.
  @Test func otherKeys() throws {
    var file = try GGUFEditor("tiny-llama")
    file.set("llama.attention.head_count_kv", .numbers([2, 2, 2]))
    for key in ["vocab_size", "rope.dimension_count", "attention.value_length"] {
      file.set("llama.\(key)", nil)
    }
    file.set("llama.attention.causal", .flag(true))
    file.set("llama.rope.scaling.type", .text("none"))
    file.set("quantize.imatrix.file", .text("imatrix.dat"))
    try sameBits(file, "llama-gqa-tied")
  }

  /// The first files of Qwen1.5 have it.
  @Test func aSwitchOfNothing() throws {
    var file = try GGUFEditor("tiny-qwen2")
    file.set("qwen2.use_parallel_residual", .flag(true))
    try sameBits(file, "qwen2")
  }

  /// llama.cpp reads a factor without a type as linear.
  @Test func factorWithoutType() throws {
    var file = try GGUFEditor("tiny-gemma3-scaled")
    let documents = try Expected("gemma3-scaled").documents()
    let wanted = try states(Model.open(file.write()), documents)
    file.set("gemma3.rope.scaling.type", nil)
    #expect(try states(Model.open(file.write()), documents) == wanted)
  }

  /// Older files have a tensor for each expert.
  @Test func expertsApart() throws {
    var file = try GGUFEditor("tiny-mixtral")
    for block in 0..<3 {
      for part in ["gate", "up", "down"] {
        let all = try file.remove("blk.\(block).ffn_\(part)_exps.weight")
        let size = all.data.count / 4
        for expert in 0..<4 {
          file.tensors.append(
            .init(
              name: "blk.\(block).ffn_\(part).\(expert).weight",
              extents: Array(all.extents.dropLast()), type: 0,
              data: Array(all.data[(expert * size)..<((expert + 1) * size)])))
        }
      }
    }
    try sameBits(file, "mixtral", family: "mixtral")
  }

  /// Some have queries, keys and values in one tensor.
  @Test(arguments: ["phi", "bert"]) func inputsTogether(_ name: String) throws {
    var file = try GGUFEditor("tiny-\(name)")
    for block in 0..<3 {
      for kind in ["weight", "bias"] {
        var all = try file.remove("blk.\(block).attn_q.\(kind)")
        all.name = "blk.\(block).attn_qkv.\(kind)"
        for part in ["k", "v"] {
          all.data += try file.remove("blk.\(block).attn_\(part).\(kind)").data
        }
        all.extents[all.extents.count - 1] *= 3
        file.tensors.append(all)
      }
    }
    try sameBits(file, name)
  }
}
