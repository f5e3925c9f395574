// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint

/// Gemma 2: norms on both sides of each half, capped scores, a window in every other block.
/// https://arxiv.org/abs/2408.00118
package struct Gemma2: LlamaRelative {
  package static let name = "gemma2"
  package static let about = "Gemma 2 (arXiv 2408.00118)"
  package static let modelTypes: Set = ["gemma2"]
  package static let gguf: GGUFNames? = .llama(
    "gemma2",
    keys: .window + [
      "attn_logit_softcapping": "attn_logit_softcapping",
      "final_logit_softcapping": "final_logit_softcapping",
    ],
    needs: ["attention.sliding_window", "attn_logit_softcapping"], parts: .normsAround)
  package static func initialisation(of modelType: String) -> Initialisation? {
    .llama(.offsetNorm, padding: 0).after(
      .init(.offsetNorm, "pre_feedforward_layernorm", "post_feedforward_layernorm"))
  }

  package let numbers: LlamaNumbers
  private let bias: Attention.Biases
  private let sights: [Sight]
  private let scores: GemmaScores
  private let rotary: Rotary

  package init(_ c: ConfigReader) throws {
    numbers = try LlamaNumbers(
      c, activation: ("hidden_activation", "gelu_pytorch_tanh"), offset: 1, tied: true)
    rotary = try Rotary(c, width: numbers.heads.width)
    bias = Attention.Biases(try c.bool("attention_bias", default: false))
    scores = try GemmaScores(c, numbers, deepest: 46, caps: (50, 30))
    sights = try Sight.perBlock(
      c, blocks: numbers.dimensions.blocks, window: c.optionalSize("sliding_window")
    ) { $0 % 2 == 0 }
    c.ignore("sliding_window_size", "hidden_act", "cache_implementation")
    try c.requireCausal()
  }

  package var embeddingScale: Float { Float(dimensions.width).squareRoot() }
  package var logitCap: Float? { scores.logitCap }

  package func block(_ i: Int, _ w: Weights) throws -> any Block {
    let w = top(w)["layers.\(i)"]
    return SequentialBlock(
      norm1: try norm(w["input_layernorm"]),
      attention: try attention(
        w["self_attn"], bias: bias, rotary, scores.scoring(sights[i])),
      after1: try norm(w["post_attention_layernorm"]),
      norm2: try norm(w["pre_feedforward_layernorm"]), mlp: try mlp(w["mlp"]),
      after2: try norm(w["post_feedforward_layernorm"]))
  }
}
