// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint

/// Gemma 3, text: norms of queries and keys, five blocks with a window to one without, two rotary bases.
/// https://arxiv.org/abs/2503.19786
package struct Gemma3: LlamaRelative {
  package static let name = "gemma3"
  package static let about = "Gemma 3, text models (arXiv 2503.19786)"
  package static let modelTypes: Set = ["gemma3_text"]
  package static let gguf: GGUFNames? = .llama(
    "gemma3",
    keys: .window + [
      "attention.sliding_window_pattern": "sliding_window_pattern",
      "rope.freq_base_swa": "rope_local_base_freq",
      "final_logit_softcapping": "final_logit_softcapping",
    ], needs: ["rope.freq_base"], parts: .normsAround + .headNorms)
  package static func initialisation(of modelType: String) -> Initialisation? {
    .llama(.offsetNorm, padding: 0).after(
      .init(
        .offsetNorm, "q_norm", "k_norm", "pre_feedforward_layernorm", "post_feedforward_layernorm"))
  }

  package let numbers: LlamaNumbers
  private let bias: Attention.Biases
  private let sights: [Sight]
  private let scores: GemmaScores
  private let near: Rotary
  private let far: Rotary

  package init(_ c: ConfigReader) throws {
    numbers = try LlamaNumbers(
      c, activation: ("hidden_activation", "gelu_pytorch_tanh"), offset: 1, tied: true)
    let heads = numbers.heads
    far = try Rotary(
      c, width: heads.width, .init(theta: 1_000_000, layers: "full_attention"))
    near = try Rotary(
      c, width: heads.width,
      .init(base: "rope_local_base_freq", layers: "sliding_attention", scales: false))
    bias = Attention.Biases(try c.bool("attention_bias", default: false))
    scores = try GemmaScores(c, numbers, deepest: 62, caps: (nil, nil))
    let written = try c.positiveInt("_sliding_window_pattern", default: 6)
    let period = try c.positiveInt("sliding_window_pattern", default: written)
    sights = try Sight.perBlock(
      c, blocks: numbers.dimensions.blocks, window: c.optionalSize("sliding_window")
    ) { ($0 + 1) % period != 0 }
    c.ignore("cache_implementation")
    try c.requireCausal()
  }

  package var embeddingScale: Float { Float(dimensions.width).squareRoot() }
  package var logitCap: Float? { scores.logitCap }

  package func block(_ i: Int, _ w: Weights) throws -> any Block {
    let w = top(w)["layers.\(i)"]
    let attended = w["self_attn"]
    let isNear = sights[i] != .past
    return SequentialBlock(
      norm1: try norm(w["input_layernorm"]),
      attention: try attention(
        attended, bias: bias, norms: headNorms(attended), isNear ? near : far,
        scores.scoring(sights[i])),
      after1: try norm(w["post_attention_layernorm"]),
      norm2: try norm(w["pre_feedforward_layernorm"]), mlp: try mlp(w["mlp"]),
      after2: try norm(w["post_feedforward_layernorm"]))
  }
}
