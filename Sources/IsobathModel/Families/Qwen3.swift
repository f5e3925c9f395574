// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint

/// Qwen3: no biases as a rule, and a norm of every query and key head.
/// https://arxiv.org/abs/2505.09388
package struct Qwen3: LlamaRelative {
  package static let name = "qwen3"
  package static let about = "Qwen3, dense (arXiv 2505.09388)"
  package static let modelTypes: Set = ["qwen3"]
  package static let gguf: GGUFNames? = .llama("qwen3", parts: .headNorms)
  package static func initialisation(of modelType: String) -> Initialisation? {
    .llama().after(.init(.norm, "q_norm", "k_norm"))
  }

  package let numbers: LlamaNumbers
  private let bias: Attention.Biases
  private let sights: [Sight]
  private let rotary: Rotary

  package init(_ c: ConfigReader) throws {
    numbers = try LlamaNumbers(c, activation: ("hidden_act", "silu"))
    rotary = try Rotary(c, width: numbers.heads.width)
    bias = Attention.Biases(try c.bool("attention_bias", default: false))
    sights = try Qwen2.sights(c, blocks: numbers.dimensions.blocks)
  }

  package func block(_ i: Int, _ w: Weights) throws -> any Block {
    let w = top(w)["layers.\(i)"]
    let attended = w["self_attn"]
    return SequentialBlock(
      norm1: try norm(w["input_layernorm"]),
      attention: try attention(
        attended, bias: bias, norms: headNorms(attended), rotary, Scoring(sights[i])),
      norm2: try norm(w["post_attention_layernorm"]), mlp: try mlp(w["mlp"]))
  }
}
