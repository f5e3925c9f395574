// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint

/// Phi-3 and Phi-4: Llama with stacked projections, LongRoPE, and a window in some models.
/// https://arxiv.org/abs/2404.14219
package struct Phi3: LlamaRelative {
  package static let name = "phi3"
  package static let about = "Phi-3, Phi-3.5, Phi-4 (arXiv 2404.14219, 2412.08905)"
  package static let modelTypes: Set = ["phi3"]
  /// The converter writes no type beside LongRoPE's factors, and llama.cpp leaves the window out.
  package static let gguf: GGUFNames? = .llama(
    "phi3",
    keys: .window + [
      "rope.dimension_count": .share("partial_rotary_factor"),
      "rope.scaling.original_context_length": "original_max_position_embeddings",
      "rope.scaling.attn_factor": "rope_scaling.attention_factor",
    ], parts: ["self_attn.qkv_proj": "attn_qkv", "mlp.gate_up_proj": "ffn_up"])
  package static func initialisation(of modelType: String) -> Initialisation? {
    .llama(padding: 32000).after(.init(.linear, "qkv_proj", "gate_up_proj"))
  }

  package let numbers: LlamaNumbers
  private let sights: [Sight]
  private let rotary: Rotary

  package init(_ c: ConfigReader) throws {
    numbers = try LlamaNumbers(c, epsilon: 1e-5, activation: ("hidden_act", "silu"))
    rotary = try Rotary(c, width: numbers.heads.width)
    sights = try Sight.perBlock(
      c, blocks: numbers.dimensions.blocks, window: c.optionalSize("sliding_window"))
    for key in ["attention_bias", "mlp_bias"] {
      try c.require(key, equals: false, default: false)
    }
    c.ignore(
      "original_max_position_embeddings", "lm_head_bias", "full_attn_mod", "interpolate_factor")
  }

  package func block(_ i: Int, _ w: Weights) throws -> any Block {
    let w = top(w)["layers.\(i)"]
    return SequentialBlock(
      norm1: try norm(w["input_layernorm"]),
      attention: try Attention(
        .stacked(w["self_attn.qkv_proj"]), out: w["self_attn.o_proj"], numbers.heads,
        width: dimensions.width, bias: [], rotary: rotary, scoring: Scoring(sights[i])),
      norm2: try norm(w["post_attention_layernorm"]),
      mlp: try GatedMLP(
        stacked: w["mlp.gate_up_proj"], down: w["mlp.down_proj"], dimensions.width, numbers.inner,
        numbers.activation))
  }
}
