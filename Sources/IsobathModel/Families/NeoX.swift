// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathLinear

/// GPT-NeoX and Pythia: both halves read the same stream, a quarter of each head turns.
/// https://arxiv.org/abs/2204.06745
package struct NeoX: Architecture {
  package static let name = "gpt_neox"
  package static let about = "GPT-NeoX, Pythia (arXiv 2204.06745, 2304.01373)"
  package static let modelTypes: Set = ["gpt_neox"]
  /// llama.cpp computes GELU with tanh; here it is exact.
  package static let gguf: GGUFNames? = GGUFNames(
    "gptneox",
    keys: .sizes + .layerNorm + .equalHeads + .rotary(base: "rotary_emb_base") + [
      "rope.dimension_count": .share("rotary_pct"),
      "use_parallel_residual": "use_parallel_residual",
    ], needs: ["rope.dimension_count", "use_parallel_residual"], blocks: "gpt_neox.layers",
    parts: .neoX("attention") + [
      "gpt_neox.embed_in": "token_embd", "gpt_neox.final_layer_norm": "output_norm",
    ])
  package static func initialisation(of modelType: String) -> Initialisation? {
    Initialisation(
      .init(.table, "embed_in"),
      .init(.linear, "query_key_value", "dense", "dense_h_to_4h", "dense_4h_to_h", "embed_out"),
      .init(.norm, "input_layernorm", "post_attention_layernorm", "final_layer_norm"))
  }
  package static func ignores(_ tensor: String) -> Bool {
    ["embed_out.weight", "output.weight"].contains(tensor)
      || [".attention.bias", ".attention.masked_bias", "rotary_emb.inv_freq"].contains {
        tensor.hasSuffix($0)
      }
  }

  package let dimensions: Dimensions
  private let heads: Heads
  private let inner: Int
  private let epsilon: Float
  private let activation: Activation
  private let isParallel: Bool
  private let bias: Attention.Biases
  private let rotary: Rotary
  private let isTied: Bool

  package init(_ c: ConfigReader) throws {
    let width = try c.positiveInt("hidden_size")
    heads = try Heads(equal: c.positiveInt("num_attention_heads"), width: width, c)
    inner = try c.positiveInt("intermediate_size")
    epsilon = try c.epsilon("layer_norm_eps", default: 1e-5)
    activation = try Activation(c, "hidden_act", default: "gelu")
    isParallel = try c.bool("use_parallel_residual", default: true)
    bias = Attention.Biases(try c.bool("attention_bias", default: true))
    isTied = try c.tiesHead(default: false)
    rotary = try Rotary(
      c, width: heads.width,
      .init(base: "rotary_emb_base", fraction: "rotary_pct", share: 0.25))
    dimensions = Dimensions(
      blocks: try c.blockCount("num_hidden_layers"), width: width,
      vocabulary: try c.positiveInt("vocab_size"),
      context: try c.positiveInt("max_position_embeddings", default: 2048),
      scratch: width + max(4 * width, inner))
  }

  package func hasSite(_ site: Site) -> Bool { !(isParallel && site.isMiddle) }

  private func top(_ w: Weights) -> Weights {
    w.firstPresent(["gpt_neox", ""], probe: "embed_in.weight")
  }

  package func embedding(_ w: Weights) throws -> any Embedding {
    try TokenEmbedding(top(w)["embed_in"], dimensions)
  }

  package func block(_ i: Int, _ w: Weights) throws -> any Block {
    let w = top(w)["layers.\(i)"]
    let (norm1, norm2) = (try norm(w["input_layernorm"]), try norm(w["post_attention_layernorm"]))
    let attention = try Attention(
      .stacked(w["attention.query_key_value"].interleaved(heads: heads.queries)),
      out: w["attention.dense"], heads, width: dimensions.width, bias: bias, rotary: rotary)
    let mlp = try MLP(
      up: w["mlp.dense_h_to_4h"], down: w["mlp.dense_4h_to_h"], dimensions.width, inner, activation)
    return isParallel
      ? ParallelBlock(norm1: norm1, attention: attention, norm2: norm2, mlp: mlp)
      : SequentialBlock(norm1: norm1, attention: attention, norm2: norm2, mlp: mlp)
  }

  package func finalNorm(_ w: Weights) throws -> any RowMap {
    try norm(top(w)["final_layer_norm"])
  }

  package func head(_ w: Weights) throws -> LanguageHead? {
    try LanguageHead(w["embed_out"], tied: isTied ? top(w)["embed_in"] : nil, dimensions)
  }

  private func norm(_ w: Weights) throws -> LayerNorm {
    try LayerNorm(w, dimensions.width, epsilon: epsilon)
  }
}
