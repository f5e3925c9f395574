// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint

/// Gemma 2: norms on both sides of each half, capped scores, a window in every other block.
/// https://arxiv.org/abs/2408.00118
package struct Gemma2: LlamaRelative {
  package static let name = "gemma2"
  package static let about = "Gemma 2 (arXiv 2408.00118)"
  package static let modelTypes: Set = ["gemma2"]
  package static let gguf: GGUFNames? = .llama(
    "gemma2", keys: .window + ["attn_logit_softcapping": "attn_logit_softcapping"],
    needs: ["attention.sliding_window", "attn_logit_softcapping"], parts: .normsAround)

  package let numbers: LlamaNumbers
  private let bias: Attention.Biases
  private let sights: [Sight]
  private let scale: Float
  private let cap: Float?
  private let rotary: Rotary

  package init(_ c: ConfigReader) throws {
    numbers = try LlamaNumbers(
      c, activation: ("hidden_activation", "gelu_pytorch_tanh"), offset: 1)
    let (size, heads) = (numbers.dimensions, numbers.heads)
    rotary = try Rotary(c, width: heads.width)
    bias = Attention.Biases(try c.bool("attention_bias", default: false))
    // The 27B model alone scales by d / heads; files that do not say so are told by their depth.
    let usual = size.blocks == 46 ? size.width / heads.queries : heads.width
    let scalar = try c.positive("query_pre_attn_scalar", default: Double(usual))
    scale = Float(1 / scalar.squareRoot())
    cap =
      c.has("attn_logit_softcapping") ? Float(try c.positive("attn_logit_softcapping")) : nil
    sights = try Sight.perBlock(
      c, blocks: size.blocks, window: c.optionalSize("sliding_window")
    ) { $0 % 2 == 0 }
    c.ignore("final_logit_softcapping", "sliding_window_size", "hidden_act", "cache_implementation")
    try c.requireCausal()
  }

  package var embeddingScale: Float { Float(dimensions.width).squareRoot() }

  package func block(_ i: Int, _ w: Weights) throws -> any Block {
    let w = top(w)["layers.\(i)"]
    return SequentialBlock(
      norm1: try norm(w["input_layernorm"]),
      attention: try attention(
        w["self_attn"], bias: bias, rotary, Scoring(sights[i], scale: scale, cap: cap)),
      after1: try norm(w["post_attention_layernorm"]),
      norm2: try norm(w["pre_feedforward_layernorm"]), mlp: try mlp(w["mlp"]),
      after2: try norm(w["post_feedforward_layernorm"]))
  }
}
