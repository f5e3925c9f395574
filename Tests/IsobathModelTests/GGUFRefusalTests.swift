// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathModel
import IsobathTestSupport
import Testing

/// GGUF files that must be refused, in a sentence that names the file's own key or tensor.
@Suite(.timeLimit(.minutes(1))) struct GGUFRefusalTests {
  /// A file, keys that it is given or loses, and what the sentence must say.
  struct Case: CustomTestStringConvertible, Sendable {
    let file: String
    let keys: [String: GGUFEditor.Value?]
    let says: [String]

    init(_ file: String, _ keys: [String: GGUFEditor.Value?], _ says: String...) {
      (self.file, self.keys, self.says) = ("tiny-\(file)", keys, says)
    }

    var testDescription: String { "\(file): \(keys.keys.sorted().joined(separator: ", "))" }
  }

  static let cases = [
    Case("llama", ["general.architecture": .text("lama")], "'lama'", "bloom, gemma"),
    Case("llama", ["general.architecture": nil], "''"),
    Case("llama", ["llama.surprise": .number(1)], "'llama.surprise'"),
    Case("llama", ["llama.rope.scaling.yarn_ext_factor": .fraction(1)], "yarn_ext_factor"),
    Case("llama", ["llama.block_count": nil], "no 'llama.block_count'"),
    Case("llama", ["llama.attention.layer_norm_rms_epsilon": nil], "layer_norm_rms_epsilon"),
    Case("llama", ["llama.attention.head_count": .number(0)], "'llama.attention.head_count' is 0"),
    Case(
      "llama", ["llama.attention.head_count": .text("6")], "'llama.attention.head_count'", "'6'"),
    Case("llama", ["llama.block_count": .number(1_000_000_000)], "llama.block_count", "4096"),
    Case("llama", ["llama.block_count": .number(4)], "blk.3.attn_norm.weight"),
    Case("llama", ["llama.block_count": .number(2)], "blk.2."),
    Case(
      "llama",
      [
        "llama.attention.key_length": .number(1_000_000_000),
        "llama.attention.value_length": .number(1_000_000_000),
        "llama.rope.dimension_count": .number(1_000_000_000),
      ], "llama.attention.key_length"),
    Case("llama", ["llama.attention.value_length": .number(9)], "value_length = 9", "8, the width"),
    Case("llama", ["llama.rope.dimension_count": .number(4)], "llama.rope.dimension_count = 4"),
    Case(
      "llama", ["llama.attention.head_count_kv": .numbers([2, 2, 1])],
      "llama.attention.head_count_kv"),
    Case("llama", ["llama.attention.head_count_kv": .numbers([2, 2])], "one value for all blocks"),
    Case(
      "llama", ["llama.attention.head_count_kv": .number(4)], "llama.attention.head_count_kv = 4"),
    Case("llama", ["llama.rope.scaling.type": .text("wavy")], "llama.rope.scaling.type = wavy"),
    Case("llama", ["llama.rope.scaling.type": .text("linear")], "llama.rope.scaling.factor"),
    Case("llama", ["llama.rope.scaling.type": .text("longrope")], "rope_factors_short.weight"),
    Case("llama", ["llama.rope.freq_base": .fraction(-1)], "llama.rope.freq_base"),
    Case("llama", ["llama.embedding_length": .number(54)], "token_embd.weight", "[160, 54]"),
    Case("llama", ["llama.embedding_length": .number(.max)], "llama.embedding_length"),
    Case("llama", ["llama.vocab_size": .number(161)], "token_embd.weight", "[161, 48]"),
    Case("llama", ["llama.attention.causal": .flag(false)], "llama.attention.causal = false"),
    Case("llama", ["split.count": .number(3)], "3"),
    Case("llama", ["llama.expert_count": .number(4)], "llama.expert_used_count"),
    Case("mistral-swa", ["llama.attention.sliding_window": .text("8")], "sliding_window"),
    Case("mixtral", ["llama.expert_count": .number(5)], "ffn_gate_exps.weight", "[5, 96, 48]"),
    Case("mixtral", ["llama.expert_used_count": .number(5)], "llama.expert_used_count = 5"),
    Case(
      "llama3-rope", ["llama.rope.scaling.type": .text("yarn")], "llama.rope.scaling.type = 'yarn'"),
    Case("phi3-longrope", ["phi3.rope.scaling.original_context_length": nil], "original_context"),
    Case("phi3", ["phi3.rope.dimension_count": .number(13)], "phi3.rope.dimension_count = 13"),
    Case("gpt_neox", ["gptneox.rope.dimension_count": .number(0)], "gptneox.rope.dimension_count"),
    Case("gpt_neox", ["gptneox.use_parallel_residual": .text("yes")], "use_parallel_residual"),
    Case("gpt_neox", ["gptneox.use_parallel_residual": nil], "gptneox.use_parallel_residual"),
    Case("bloom", ["bloom.feed_forward_length": .number(96)], "192, four times"),
    Case("bloom", ["bloom.attention.head_count_kv": .number(2)], "bloom.attention.head_count_kv"),
    Case("bert", ["bert.attention.causal": .flag(true)], "bert.attention.causal = true"),
    Case("gemma2", ["gemma2.attention.sliding_window": nil], "gemma2.attention.sliding_window"),
    Case("gemma2", ["gemma2.attn_logit_softcapping": nil], "gemma2.attn_logit_softcapping"),
    Case("gemma3-scaled", ["gemma3.rope.freq_base": nil], "gemma3.rope.freq_base"),
    Case(
      "olmo2", ["olmo2.attention.sliding_window": .number(4096)], "olmo2.attention.sliding_window"),
  ]

  private func expectRefusal(_ file: GGUFEditor, _ says: [String]) throws {
    let path = try file.write()
    do {
      _ = try Model.open(path)
      Issue.record("it was accepted")
    } catch {
      let sentence = "\(error)"
      for part in says + [path] {
        #expect(sentence.contains(part), "\(sentence) does not say \(part)")
      }
      #expect(!sentence.contains("\n"))
    }
  }

  @Test(arguments: cases) func isRefusedByName(_ wrong: Case) throws {
    var file = try GGUFEditor(wrong.file)
    for (key, value) in wrong.keys { file.set(key, value) }
    try expectRefusal(file, wrong.says)
  }

  /// The cases are wrong for what they change alone.
  @Test(arguments: Set(cases.map(\.file))) func soundFilesAreTaken(_ name: String) throws {
    #expect(try Model.open(GGUFEditor(name).write()).dimensions.blocks > 0)
  }

  @Test func wrongTensors() throws {
    let llama = try GGUFEditor("tiny-llama")
    var file = llama
    file.tensors.append(
      .init(
        name: "blk.0.attn_q.bias", extents: [48], type: 0, data: .init(repeating: 0, count: 192)))
    try expectRefusal(file, ["blk.0.attn_k.bias"])
    file = llama
    file.tensors.append(
      .init(
        name: "blk.0.attn_sinks.weight", extents: [6], type: 0, data: .init(repeating: 0, count: 24)
      ))
    try expectRefusal(file, ["blk.0.attn_sinks.weight"])
    file = try GGUFEditor("tiny-llama3-rope")
    let factors = try file.remove("rope_freqs.weight")
    file.tensors.append(
      .init(name: factors.name, extents: [7], type: 0, data: Array(factors.data.prefix(28))))
    try expectRefusal(file, ["rope_freqs.weight", "8 frequencies"])
    file = try GGUFEditor("tiny-phi3-longrope")
    _ = try file.remove("rope_factors_long.weight")
    try expectRefusal(file, ["rope_factors_long.weight"])
    file = try GGUFEditor("tiny-mixtral")
    let experts = try file.remove("blk.1.ffn_up_exps.weight")
    try expectRefusal(file, [experts.name])
  }

  /// Whatever a key says: the file is refused or opened, at once and without a crash.
  @Test(arguments: ["llama3-rope", "phi3-longrope", "gpt_neox-seqres", "qwen3", "bert"])
  func everyKeySpoiled(_ name: String) throws {
    let sound = try GGUFEditor("tiny-\(name)")
    let values: [GGUFEditor.Value?] = [
      nil, .number(0), .number(1), .number(.max), .fraction(.nan), .fraction(-0.5), .fraction(1e38),
      .flag(true), .text(""), .numbers([]), .numbers([0, 0, 0]), .numbers([.max, .max, .max]),
    ]
    var refused = 0
    for key in sound.keyNames {
      for value in values {
        var file = sound
        file.set(key, value)
        let path = try file.write()
        defer { unlink(path) }
        do {
          #expect(try Model.open(path).dimensions.blocks == 3)
        } catch {
          refused += 1
          #expect("\(error)".contains(path))
        }
      }
    }
    #expect(refused > 3 * sound.keyNames.count)
  }
}
