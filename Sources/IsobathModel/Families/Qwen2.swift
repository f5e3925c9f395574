// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint

/// Qwen2 and Qwen2.5: Llama with biases on queries, keys and values.
/// https://arxiv.org/abs/2407.10671
package struct Qwen2: LlamaRelative {
  package static let name = "qwen2"
  package static let about = "Qwen2, Qwen2.5 (arXiv 2407.10671, 2412.15115)"
  package static let modelTypes: Set = ["qwen2"]
  /// The first files name a switch that neither the model nor llama.cpp has.
  package static let gguf: GGUFNames? = .llama(
    "qwen2", keys: ["use_parallel_residual": .nothing], told: [:])
  package static func initialisation(of modelType: String) -> Initialisation? {
    .llama()
  }

  package let numbers: LlamaNumbers
  private let sights: [Sight]
  private let rotary: Rotary

  package init(_ c: ConfigReader) throws {
    numbers = try LlamaNumbers(c, activation: ("hidden_act", "silu"))
    rotary = try Rotary(c, width: numbers.heads.width)
    sights = try Qwen2.sights(c, blocks: numbers.dimensions.blocks)
    try c.require("use_mrope", equals: false, default: false)
  }

  /// The window counts only when it is switched on, and then from block `max_window_layers` up.
  static func sights(_ c: ConfigReader, blocks: Int) throws -> [Sight] {
    let first = try c.nonNegativeInt("max_window_layers", default: 28)
    let width = try c.optionalSize("sliding_window")
    let isOn = try c.bool("use_sliding_window", default: false)
    return try Sight.perBlock(c, blocks: blocks, window: isOn ? width : nil) { $0 >= first }
  }

  package func block(_ i: Int, _ w: Weights) throws -> any Block {
    let w = top(w)["layers.\(i)"]
    return SequentialBlock(
      norm1: try norm(w["input_layernorm"]),
      attention: try attention(w["self_attn"], bias: .inputs, rotary, Scoring(sights[i])),
      norm2: try norm(w["post_attention_layernorm"]), mlp: try mlp(w["mlp"]))
  }
}
