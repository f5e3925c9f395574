// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathLinear

/// Llama 1–3, SmolLM and their kin: RMS norms, rotary positions, grouped queries, gated SiLU.
/// https://arxiv.org/abs/2302.13971
package struct Llama: Architecture {
  package static let name = "llama"
  package static let about = "Llama 1–3, SmolLM, SmolLM2 (arXiv 2302.13971, 2407.21783)"
  package static let modelTypes: Set = ["llama"]
  package static let gguf: GGUFNames? = GGUFNames(
    architecture: "llama",
    keys: [
      "hidden_size": "embedding_length", "intermediate_size": "feed_forward_length",
      "num_hidden_layers": "block_count", "num_attention_heads": "attention.head_count",
      "num_key_value_heads": "attention.head_count_kv", "head_dim": "rope.dimension_count",
      "rms_norm_eps": "attention.layer_norm_rms_epsilon", "rope_theta": "rope.freq_base",
      "max_position_embeddings": "context_length", "vocab_size": "vocab_size",
    ],
    ignored: ["attention.key_length", "attention.value_length"],
    blocks: "model.layers",
    parts: [
      "model.embed_tokens": "token_embd", "model.norm": "output_norm", "lm_head": "output",
      "input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm",
      "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v",
      "self_attn.o_proj": "attn_output", "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up",
      "mlp.down_proj": "ffn_down",
    ],
    permuted: [
      "self_attn.q_proj.weight": "num_attention_heads",
      "self_attn.k_proj.weight": "num_key_value_heads",
    ])
  package static func ignores(_ tensor: String) -> Bool {
    ["lm_head.weight", "output.weight"].contains(tensor) || tensor.hasSuffix("rotary_emb.inv_freq")
  }

  package let dimensions: Dimensions
  private let heads: Heads
  private let inner: Int
  private let epsilon: Float
  private let attentionBias: Bool
  private let mlpBias: Bool
  private let rotary: Rotary

  package init(_ c: ConfigReader) throws {
    let width = try c.positiveInt("hidden_size")
    heads = try Heads(c, width: width)
    inner = try c.positiveInt("intermediate_size")
    epsilon = try c.epsilon("rms_norm_eps", default: 1e-6)
    attentionBias = try c.bool("attention_bias", default: false)
    mlpBias = try c.bool("mlp_bias", default: false)
    rotary = try Rotary(c, width: heads.width)
    try c.require("hidden_act", equals: "silu", default: "silu")
    dimensions = Dimensions(
      blocks: try c.positiveInt("num_hidden_layers"), width: width,
      vocabulary: try c.positiveInt("vocab_size"),
      context: try c.positiveInt("max_position_embeddings", default: 2048),
      scratch: width + max(heads.stacked + heads.all, 2 * inner))
  }

  package func embedding(_ w: Weights) throws -> any Embedding {
    try TokenEmbedding(w["model.embed_tokens"], dimensions)
  }

  package func block(_ i: Int, _ w: Weights) throws -> any Block {
    let w = w["model.layers.\(i)"]
    let (attention, mlp) = (w["self_attn"], w["mlp"])
    return SequentialBlock(
      norm1: try RMSNorm(w["input_layernorm"], dimensions.width, epsilon: epsilon),
      attention: try Attention(
        .separate(attention["q_proj"], attention["k_proj"], attention["v_proj"]),
        out: attention["o_proj"], heads, width: dimensions.width, bias: attentionBias,
        rotary: rotary),
      norm2: try RMSNorm(w["post_attention_layernorm"], dimensions.width, epsilon: epsilon),
      mlp: try GatedMLP(
        gate: mlp["gate_proj"], up: mlp["up_proj"], down: mlp["down_proj"], dimensions.width,
        inner, bias: mlpBias))
  }

  package func finalNorm(_ w: Weights) throws -> any RowMap {
    try RMSNorm(w["model.norm"], dimensions.width, epsilon: epsilon)
  }
}
