// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint

/// How GGUF files spell a family: its metadata keys, its tensors, and what the converter changed.
package struct GGUFNames: Sendable {
  /// The value of `general.architecture`.
  package let architecture: String
  /// The family's configuration keys, and the metadata keys (after the architecture) that hold them.
  package let keys: [String: String]
  /// Metadata keys that repeat what tensors say.
  package let ignored: Set<String>
  /// The prefix of the family's block tensors before their index.
  package let blocks: String
  /// Parts of names: the family's, and GGUF's.
  package let parts: [String: String]
  /// Parts whose rows the converter permuted, and the configuration key of their number of heads.
  package let permuted: [String: String]

  /// The configuration as the family spells it; a metadata key that is not known keeps its name, so
  /// that it is refused as unread.
  func config(_ file: GGUFFile) -> [String: ConfigValue] {
    let prefix = architecture + "."
    var config: [String: ConfigValue] = [:]
    for (key, value) in file.metadata where key.hasPrefix(prefix) {
      let name = String(key.dropFirst(prefix.count))
      if ignored.contains(name) { continue }
      let known = keys.first { $0.value == name }?.key
      config[known ?? key] = ConfigValue(value)
    }
    if config["vocab_size"] == nil, let table = file.source.tensors["token_embd.weight"] {
      config["vocab_size"] = .number(Double(table.shape.first ?? 0))
    }
    return config
  }

  /// The names of the file's tensors for what the family asks for.
  func map(_ file: GGUFFile) -> NameMap {
    let prefix = architecture + "."
    let heads: [String: Int] = permuted.compactMapValues { key in
      keys[key].flatMap { file.metadata[prefix + $0]?.int }
    }
    let names = self
    return NameMap(
      stored: { names.stored($0) },
      heads: { name in heads.first { name.hasSuffix($0.key) }?.value },
      isNative: false)
  }

  private func stored(_ name: String) -> String {
    guard let dot = name.lastIndex(of: ".") else { return name }
    let (stem, kind) = (String(name[..<dot]), name[dot...])
    guard stem.hasPrefix(blocks + ".") else { return (parts[stem] ?? stem) + kind }
    let rest = stem.dropFirst(blocks.count + 1)
    guard let end = rest.firstIndex(of: ".") else { return name }
    let part = String(rest[rest.index(after: end)...])
    return "blk.\(rest[..<end]).\(parts[part] ?? part)\(kind)"
  }
}

extension GGUFNames {
  /// The names of Llama and its relatives, and what one of them has beside them.
  static func llama(
    _ architecture: String, keys: [String: String] = [:], parts: [String: String] = [:],
    ignored: Set<String> = [], permuted: [String: String] = [:]
  ) -> GGUFNames {
    let usualKeys = [
      "hidden_size": "embedding_length", "intermediate_size": "feed_forward_length",
      "num_hidden_layers": "block_count", "num_attention_heads": "attention.head_count",
      "num_key_value_heads": "attention.head_count_kv", "head_dim": "attention.key_length",
      "rms_norm_eps": "attention.layer_norm_rms_epsilon", "rope_theta": "rope.freq_base",
      "max_position_embeddings": "context_length", "vocab_size": "vocab_size",
    ]
    let usualParts = [
      "model.embed_tokens": "token_embd", "model.norm": "output_norm", "lm_head": "output",
      "input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm",
      "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v",
      "self_attn.o_proj": "attn_output", "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up",
      "mlp.down_proj": "ffn_down",
    ]
    return GGUFNames(
      architecture: architecture, keys: usualKeys.merging(keys) { $1 },
      ignored: ignored.union(["attention.value_length", "rope.dimension_count"]),
      blocks: "model.layers", parts: usualParts.merging(parts) { $1 }, permuted: permuted)
  }

  /// What Gemma 2 and 3 say beside Llama's keys.
  static let gemmaKeys = [
    "sliding_window": "attention.sliding_window",
    "attn_logit_softcapping": "attn_logit_softcapping",
    "final_logit_softcapping": "final_logit_softcapping",
  ]

  /// Norms on both sides of each half.
  static let sandwich = [
    "post_attention_layernorm": "post_attention_norm", "pre_feedforward_layernorm": "ffn_norm",
    "post_feedforward_layernorm": "post_ffw_norm",
  ]
}
