// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint

// What several families share. Sources: llama.cpp's converter (`conversion/*.py`), and gguf-py's
// `constants.py` and `tensor_mapping.py`.

extension Dictionary {
  /// Both tables; where both have a key, the right one's value.
  static func + (a: Self, b: Self) -> Self { a.merging(b) { $1 } }
}

extension [String: GGUFNames.Meaning] {
  /// Keys of every architecture.
  static var common: Self {
    [
      "vocab_size": "vocab_size",
      "attention.causal": .always(true),
      "attention.value_length": .repeats(.headWidth),
      "rope.dimension_count": .repeats(.headWidth),
      // What becomes of the last states, and how a model came about.
      "pooling_type": .nothing, "classifier.output_labels": .nothing,
      "final_logit_softcapping": .nothing, "rope.scaling.finetuned": .nothing,
      "tensor_data_layout": .nothing,
    ]
  }

  /// The sizes, as most families call them.
  static var sizes: Self {
    [
      "embedding_length": "hidden_size", "feed_forward_length": "intermediate_size",
      "block_count": "num_hidden_layers", "attention.head_count": "num_attention_heads",
      "context_length": "max_position_embeddings",
    ]
  }

  static var layerNorm: Self { ["attention.layer_norm_epsilon": "layer_norm_eps"] }
  static var window: Self { ["attention.sliding_window": "sliding_window"] }

  /// As many key-value heads as query heads.
  static var equalHeads: Self { ["attention.head_count_kv": .repeats(.heads)] }

  /// Rotary positions. llama.cpp turns by 10000 where a file names no base, as these families do.
  static func rotary(base: String = "rope_theta") -> Self {
    [
      "rope.freq_base": .key(base), "rope.scaling.type": "rope_scaling.rope_type",
      "rope.scaling.factor": "rope_scaling.factor",
      "rope.scaling.original_context_length": "rope_scaling.original_max_position_embeddings",
      // llama.cpp multiplies its own temperature by this one; in transformers it is the temperature.
      "rope.scaling.yarn_attn_factor": "rope_scaling.attention_factor",
      "rope.scaling.yarn_beta_fast": "rope_scaling.beta_fast",
      "rope.scaling.yarn_beta_slow": "rope_scaling.beta_slow",
    ]
  }
}

extension [String: GGUFNames.Place] {
  /// Queries, keys and values, in one tensor where they have none of their own.
  static func inputs(_ query: String, _ key: String, _ value: String) -> Self {
    [
      query: .third(0, of: "attn_qkv", own: "attn_q"),
      key: .third(1, of: "attn_qkv", own: "attn_k"),
      value: .third(2, of: "attn_qkv", own: "attn_v"),
    ]
  }

  /// The parts of a block of GPT-NeoX or BLOOM; `attention` is what they call it.
  static func neoX(_ attention: String) -> Self {
    [
      "input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm",
      "\(attention).query_key_value": "attn_qkv", "\(attention).dense": "attn_output",
      "mlp.dense_h_to_4h": "ffn_up", "mlp.dense_4h_to_h": "ffn_down",
    ]
  }

  /// BERT's embeddings, and the parts of its blocks.
  static var bert: Self {
    .inputs("attention.self.query", "attention.self.key", "attention.self.value") + [
      "embeddings.word_embeddings": "token_embd", "embeddings.position_embeddings": "position_embd",
      "embeddings.token_type_embeddings": "token_types", "embeddings.LayerNorm": "token_embd_norm",
      "attention.output.dense": "attn_output", "attention.output.LayerNorm": "attn_output_norm",
      "intermediate.dense": "ffn_up", "output.dense": "ffn_down",
      "output.LayerNorm": "layer_output_norm",
    ]
  }

  /// Llama's ends, and the parts of its blocks.
  static var llama: Self {
    [
      "model.embed_tokens": "token_embd", "model.norm": "output_norm",
      "input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm",
      "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v",
      "self_attn.o_proj": "attn_output", "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up",
      "mlp.down_proj": "ffn_down",
    ]
  }

  /// Norms behind each half.
  static var normsBehind: Self {
    [
      "post_attention_layernorm": "post_attention_norm",
      "post_feedforward_layernorm": "post_ffw_norm",
    ]
  }

  /// Norms on both sides of each half.
  static var normsAround: Self { .normsBehind + ["pre_feedforward_layernorm": "ffn_norm"] }

  /// Norms of queries and keys.
  static var headNorms: Self {
    ["self_attn.q_norm": "attn_q_norm", "self_attn.k_norm": "attn_k_norm"]
  }
}

extension [String: GGUFNames.Told] {
  /// Biases that a configuration switches on for all blocks.
  static var biases: Self {
    [
      "attention_bias": .presence("blk.0.attn_q.bias"),
      "mlp_bias": .presence("blk.0.ffn_gate.bias"),
    ]
  }

  /// Token types.
  static var types: Self { ["type_vocab_size": .rows("token_types.weight")] }
}

extension GGUFNames {
  /// Keys that every converter writes for whom they mean something.
  static let usuallyRequired: Set = [
    "embedding_length", "feed_forward_length", "block_count", "context_length",
    "attention.head_count", "attention.layer_norm_epsilon", "attention.layer_norm_rms_epsilon",
  ]

  /// Keys whose zero means that there is no such thing.
  static let emptyAtZero: Set = [
    "attention.sliding_window", "expert_count", "expert_used_count",
  ]

  /// Llama and its relatives, and what one of them has beside it.
  static func llama(
    _ architecture: String, mark: String? = nil, keys: [String: Meaning] = [:],
    needs: Set<String> = [], told: [String: Told] = .biases, parts: [String: Place] = [:]
  ) -> GGUFNames {
    let own: [String: Meaning] = [
      "attention.layer_norm_rms_epsilon": "rms_norm_eps",
      "attention.head_count_kv": "num_key_value_heads", "attention.key_length": "head_dim",
    ]
    return GGUFNames(
      architecture, mark: mark, keys: .sizes + .rotary() + own + keys, needs: needs, told: told,
      blocks: "model.layers", parts: .llama + parts,
      // The converter does so for this architecture alone.
      permuted: architecture != "llama"
        ? [:]
        : [
          "attn_q": ["num_attention_heads"],
          "attn_k": ["num_key_value_heads", "num_attention_heads"],
        ])
  }
}
