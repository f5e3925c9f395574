// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathLinear

/// OPT: learned positions from row 2 on; the 350M model norms behind each half and projects in and out.
/// https://arxiv.org/abs/2205.01068
package struct OPT: Architecture {
  package static let name = "opt"
  package static let about = "OPT (arXiv 2205.01068)"
  package static let modelTypes: Set = ["opt"]
  package static let gguf: GGUFNames? = nil
  package static func initialisation(of modelType: String) -> Initialisation? {
    Initialisation(
      deviation: ["initializer_range", "init_std"], padding: 1,
      .init(.paddedTable, "embed_tokens"), .init(.table, "embed_positions"),
      .init(.linear, "q_proj", "k_proj", "v_proj", "out_proj", "fc1", "fc2"),
      .init(.linear, "project_in", "project_out", "lm_head"),
      .init(.norm, "self_attn_layer_norm", "final_layer_norm"))
  }
  package static func ignores(_ tensor: String) -> Bool { tensor == "lm_head.weight" }

  package let dimensions: Dimensions
  private let heads: Heads
  private let inner: Int
  private let activation: Activation
  /// Features of the token embeddings; others than the stream's are projected.
  private let embedded: Int
  private let normsBefore: Bool
  private let hasFinalNorm: Bool
  private let bias: Bool
  private let isTied: Bool

  package init(_ c: ConfigReader) throws {
    let width = try c.positiveInt("hidden_size")
    heads = try Heads(equal: c.positiveInt("num_attention_heads"), width: width, c)
    inner = try c.positiveInt("ffn_dim")
    activation = try Activation(c, "activation_function", default: "relu")
    embedded = try c.optionalSize("word_embed_proj_dim") ?? width
    normsBefore = try c.bool("do_layer_norm_before", default: true)
    hasFinalNorm = try !c.bool("_remove_final_layer_norm", default: false) && normsBefore
    bias = try c.bool("enable_bias", default: true)
    isTied = try c.tiesHead(default: true)
    try c.require("layer_norm_elementwise_affine", equals: true, default: true)
    c.ignore("init_std", "layerdrop", "prefix")  // training's and generation's
    dimensions = Dimensions(
      blocks: try c.blockCount("num_hidden_layers"), width: width,
      vocabulary: try c.positiveInt("vocab_size"),
      context: try c.positiveInt("max_position_embeddings", default: 2048),
      scratch: width + max(4 * width, inner))
  }

  private var isProjected: Bool { embedded != dimensions.width }

  package func hasSite(_ site: Site) -> Bool {
    site != .finalNorm || hasFinalNorm || isProjected
  }

  package func width(at site: Site) -> Int { site == .finalNorm ? embedded : dimensions.width }

  private func top(_ w: Weights) -> Weights {
    w.firstPresent(["model.decoder", "decoder"], probe: "embed_tokens.weight")
  }

  package func embedding(_ w: Weights) throws -> any Embedding {
    let w = top(w)
    return SummedEmbedding(
      try TokenEmbedding(w["embed_tokens"], rows: dimensions.vocabulary, width: embedded),
      try PositionEmbedding(w["embed_positions"], dimensions, .fromStart(offset: 2)),
      project: isProjected
        ? try Projection(w["project_in"], in: embedded, out: dimensions.width, bias: false)
        : Identity())
  }

  package func block(_ i: Int, _ w: Weights) throws -> any Block {
    let w = top(w)["layers.\(i)"]
    let attended = w["self_attn"]
    let attention = try Attention(
      .separate(attended["q_proj"], attended["k_proj"], attended["v_proj"]),
      out: attended["out_proj"], heads, width: dimensions.width, bias: .init(bias))
    let (norm1, norm2) = (try norm(w["self_attn_layer_norm"]), try norm(w["final_layer_norm"]))
    let mlp = try MLP(
      up: w["fc1"], down: w["fc2"], dimensions.width, inner, activation, bias: bias)
    return normsBefore
      ? SequentialBlock(norm1: norm1, attention: attention, norm2: norm2, mlp: mlp)
      : PostNormBlock(attention: attention, norm1: norm1, mlp: mlp, norm2: norm2)
  }

  /// The norm and the projection back to the embeddings' features, as far as the model has them.
  package func finalNorm(_ w: Weights) throws -> any RowMap {
    let w = top(w)
    let normed: any RowMap = hasFinalNorm ? try norm(w["final_layer_norm"]) : Identity()
    guard isProjected else { return normed }
    return Chain(
      normed, try Projection(w["project_out"], in: dimensions.width, out: embedded, bias: false))
  }

  package func head(_ w: Weights) throws -> LanguageHead? {
    try LanguageHead(
      w["lm_head"], tied: isTied ? top(w)["embed_tokens"] : nil, dimensions, width: embedded)
  }

  private func norm(_ w: Weights) throws -> LayerNorm {
    try LayerNorm(w, dimensions.width, epsilon: 1e-5)
  }
}
