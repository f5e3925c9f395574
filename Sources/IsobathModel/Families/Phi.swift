// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathLinear

/// Phi-1, 1.5 and 2: both halves read the same normed stream, a part of each head turns.
/// https://arxiv.org/abs/2309.05463
package struct Phi: Architecture {
  package static let name = "phi"
  package static let about = "Phi-1, Phi-1.5, Phi-2 (arXiv 2306.11644, 2309.05463)"
  package static let modelTypes: Set = ["phi"]
  package static let gguf: GGUFNames? = GGUFNames(
    "phi2",
    keys: .sizes + .layerNorm + .equalHeads + .rotary() + [
      "rope.dimension_count": .share("partial_rotary_factor")
    ], needs: ["rope.dimension_count"], blocks: "model.layers",
    parts: .inputs("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj") + [
      "model.embed_tokens": "token_embd", "model.final_layernorm": "output_norm",
      "input_layernorm": "attn_norm", "self_attn.dense": "attn_output", "mlp.fc1": "ffn_up",
      "mlp.fc2": "ffn_down",
    ])
  package static func initialisation(of modelType: String) -> Initialisation? {
    Initialisation(
      .init(.paddedTable, "embed_tokens"),
      .init(.linear, "q_proj", "k_proj", "v_proj", "dense", "mlp.fc1", "mlp.fc2", "lm_head"),
      .init(.norm, "q_layernorm", "k_layernorm", "input_layernorm", "final_layernorm"))
  }
  package static func ignores(_ tensor: String) -> Bool {
    ["lm_head.weight", "lm_head.bias", "output.weight", "output.bias"].contains(tensor)
      || tensor.hasSuffix("rotary_emb.inv_freq")
  }

  package let dimensions: Dimensions
  private let heads: Heads
  private let inner: Int
  private let epsilon: Float
  private let activation: Activation
  private let normsHeads: Bool
  private let rotary: Rotary
  private let isTied: Bool

  package init(_ c: ConfigReader) throws {
    let width = try c.positiveInt("hidden_size")
    heads = try Heads(c, width: width)
    inner = try c.positiveInt("intermediate_size")
    epsilon = try c.epsilon("layer_norm_eps", default: 1e-5)
    activation = try Activation(c, "hidden_act", default: "gelu_new")
    normsHeads = try c.bool("qk_layernorm", default: false)
    isTied = try c.tiesHead(default: false)
    rotary = try Rotary(c, width: heads.width, .init(share: 0.5))
    dimensions = Dimensions(
      blocks: try c.blockCount("num_hidden_layers"), width: width,
      vocabulary: try c.positiveInt("vocab_size"),
      context: try c.positiveInt("max_position_embeddings", default: 2048),
      scratch: width + max(heads.stacked + heads.all, inner))
  }

  package func hasSite(_ site: Site) -> Bool { !site.isMiddle }

  private func top(_ w: Weights) -> Weights {
    w.firstPresent(["model", ""], probe: "embed_tokens.weight")
  }

  package func embedding(_ w: Weights) throws -> any Embedding {
    try TokenEmbedding(top(w)["embed_tokens"], dimensions)
  }

  package func block(_ i: Int, _ w: Weights) throws -> any Block {
    let w = top(w)["layers.\(i)"]
    let attended = w["self_attn"]
    let headNorm = { (name: String) in
      try LayerNorm(attended[name], heads.width, epsilon: epsilon)
    }
    return ParallelBlock(
      norm: try LayerNorm(w["input_layernorm"], dimensions.width, epsilon: epsilon),
      attention: try Attention(
        .separate(attended["q_proj"], attended["k_proj"], attended["v_proj"]),
        out: attended["dense"], heads, width: dimensions.width, bias: .both,
        norms: normsHeads
          ? QueryKeyNorms(
            query: headNorm("q_layernorm"), key: headNorm("k_layernorm"), over: .head) : nil,
        rotary: rotary),
      mlp: try MLP(up: w["mlp.fc1"], down: w["mlp.fc2"], dimensions.width, inner, activation))
  }

  package func finalNorm(_ w: Weights) throws -> any RowMap {
    try LayerNorm(top(w)["final_layernorm"], dimensions.width, epsilon: epsilon)
  }

  package func head(_ w: Weights) throws -> LanguageHead? {
    try LanguageHead(
      w["lm_head"], tied: isTied ? top(w)["embed_tokens"] : nil, dimensions, isBiased: true)
  }
}
