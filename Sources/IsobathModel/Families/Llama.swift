// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint

/// Llama 1–3, SmolLM and their kin: RMS norms, rotary positions, grouped queries, gated SiLU.
/// https://arxiv.org/abs/2302.13971
package struct Llama: LlamaRelative {
  package static let name = "llama"
  package static let about = "Llama 1–3, SmolLM, SmolLM2 (arXiv 2302.13971, 2407.21783)"
  package static let modelTypes: Set = ["llama"]
  package static let gguf: GGUFNames? = .llama("llama")
  package static func initialisation(of modelType: String) -> Initialisation? {
    .llama()
  }

  package let numbers: LlamaNumbers
  private let attentionBias: Bool
  private let mlpBias: Bool
  private let rotary: Rotary

  package init(_ c: ConfigReader) throws {
    numbers = try LlamaNumbers(c, activation: ("hidden_act", "silu"))
    attentionBias = try c.bool("attention_bias", default: false)
    mlpBias = try c.bool("mlp_bias", default: false)
    rotary = try Rotary(c, width: numbers.heads.width)
  }

  package func block(_ i: Int, _ w: Weights) throws -> any Block {
    let w = top(w)["layers.\(i)"]
    return SequentialBlock(
      norm1: try norm(w["input_layernorm"]),
      attention: try attention(w["self_attn"], bias: .init(attentionBias), rotary),
      norm2: try norm(w["post_attention_layernorm"]), mlp: try mlp(w["mlp"], bias: mlpBias))
  }
}
