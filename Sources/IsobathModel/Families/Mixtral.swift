// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint

/// Mixtral: Mistral whose feed-forward part is a sparse mixture of experts.
/// https://arxiv.org/abs/2401.04088
package struct Mixtral: LlamaRelative {
  package static let name = "mixtral"
  package static let about = "Mixtral 8×7B, 8×22B (arXiv 2401.04088)"
  package static let modelTypes: Set = ["mixtral"]
  package static let gguf: GGUFNames? = .llama(
    "llama", mark: "expert_count",
    keys: .window + [
      "expert_count": "num_local_experts", "expert_used_count": "num_experts_per_tok",
    ], needs: ["expert_used_count"],
    parts: [
      "block_sparse_moe.gate": "ffn_gate_inp",
      "block_sparse_moe.experts.*.w1": .expert(of: "ffn_gate_exps", own: "ffn_gate"),
      "block_sparse_moe.experts.*.w2": .expert(of: "ffn_down_exps", own: "ffn_down"),
      "block_sparse_moe.experts.*.w3": .expert(of: "ffn_up_exps", own: "ffn_up"),
    ])
  package static func initialisation(of modelType: String) -> Initialisation? {
    .llama().after(
      .init(
        .linear, "block_sparse_moe.gate", "experts.*.w1", "experts.*.w2", "experts.*.w3"))
  }

  package let numbers: LlamaNumbers
  private let experts: Int
  private let chosen: Int
  private let sights: [Sight]
  private let rotary: Rotary

  package init(_ c: ConfigReader) throws {
    numbers = try LlamaNumbers(c, epsilon: 1e-5, activation: ("hidden_act", "silu"))
    rotary = try Rotary(c, width: numbers.heads.width)
    sights = try Sight.perBlock(
      c, blocks: numbers.dimensions.blocks, window: c.optionalSize("sliding_window"))
    experts = try c.positiveInt("num_local_experts", default: 8)
    chosen = try c.positiveInt("num_experts_per_tok", default: 2)
    guard chosen <= experts else {
      throw ModelError.unsupported(
        key: c.name("num_experts_per_tok"), found: "\(chosen)",
        supported: "at most the \(experts) experts", file: c.file)
    }
    c.ignore("router_jitter_noise", "router_aux_loss_coef", "output_router_logits")  // training's
  }

  package func block(_ i: Int, _ w: Weights) throws -> any Block {
    let w = top(w)["layers.\(i)"]
    let moe = w["block_sparse_moe"]
    return SequentialBlock(
      norm1: try norm(w["input_layernorm"]),
      attention: try attention(w["self_attn"], rotary, Scoring(sights[i])),
      norm2: try norm(w["post_attention_layernorm"]),
      mlp: try MixtureOfExperts(
        router: moe["gate"], chosen: chosen,
        experts: (0..<experts).map { index in
          let w = moe["experts.\(index)"]
          return try GatedMLP(
            gate: w["w1"], up: w["w3"], down: w["w2"], dimensions.width, numbers.inner,
            numbers.activation)
        }, dimensions.width))
  }
}
