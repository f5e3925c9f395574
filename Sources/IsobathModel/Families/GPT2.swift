// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathLinear

/// GPT-2 and Cerebras-GPT: layer norms, learned positions, weights stored [in, out].
/// https://cdn.openai.com/better-language-models/language_models_are_unsupervised_multitask_learners.pdf
package struct GPT2: Architecture {
  package static let name = "gpt2"
  package static let about = "GPT-2, Cerebras-GPT (Radford et al. 2019; arXiv 2304.03208)"
  package static let modelTypes: Set = ["gpt2"]
  /// Files do not say the activation; llama.cpp takes GPT-2's, which is not Cerebras-GPT's.
  package static let gguf: GGUFNames? = GGUFNames(
    "gpt2",
    keys: .equalHeads + [
      "embedding_length": "n_embd", "feed_forward_length": "n_inner", "block_count": "n_layer",
      "attention.head_count": "n_head", "attention.layer_norm_epsilon": "layer_norm_epsilon",
      "context_length": "n_positions",
    ], blocks: "transformer.h",
    parts: [
      "transformer.wte": "token_embd", "transformer.wpe": "position_embd",
      "transformer.ln_f": "output_norm", "ln_1": "attn_norm", "ln_2": "ffn_norm",
      "attn.c_attn": "attn_qkv", "attn.c_proj": "attn_output", "mlp.c_fc": "ffn_up",
      "mlp.c_proj": "ffn_down",
    ])
  package static func initialisation(of modelType: String) -> Initialisation? {
    Initialisation(
      .init(.table, "wte", "wpe"), .init(.linear, "attn.c_attn", "mlp.c_fc", "lm_head"),
      .init(.residual, "c_proj"), .init(.norm, "ln_1", "ln_2", "ln_f"))
  }
  package static func ignores(_ tensor: String) -> Bool {
    ["lm_head.weight", "output.weight"].contains(tensor) || tensor.hasSuffix(".attn.bias")
      || tensor.hasSuffix(".attn.masked_bias")
  }

  package let dimensions: Dimensions
  private let heads: Heads
  private let inner: Int
  private let epsilon: Float
  private let activation: Activation
  private let scalesByBlock: Bool
  private let isTied: Bool

  package init(_ c: ConfigReader) throws {
    let width = try c.positiveInt("n_embd")
    heads = try Heads(equal: c.positiveInt("n_head"), width: width, c)
    inner = try c.has("n_inner") ? c.positiveInt("n_inner") : 4 * width
    epsilon = try c.epsilon("layer_norm_epsilon", default: 1e-5)
    activation = try Activation(c, "activation_function", default: "gelu_new")
    scalesByBlock = try c.bool("scale_attn_by_inverse_layer_idx", default: false)
    isTied = try c.tiesHead(default: true)
    try c.require("scale_attn_weights", equals: true, default: true)
    try c.require("add_cross_attention", equals: false, default: false)
    c.ignore("reorder_and_upcast_attn")  // float32 throughout: the order changes nothing
    dimensions = Dimensions(
      blocks: try c.blockCount("n_layer"), width: width,
      vocabulary: try c.positiveInt("vocab_size"),
      context: try c.positiveInt("n_positions", default: 1024),
      scratch: width + max(4 * width, inner))
  }

  private func top(_ w: Weights) -> Weights {
    w.firstPresent(["transformer", ""], probe: "wte.weight")
  }

  package func embedding(_ w: Weights) throws -> any Embedding {
    let w = top(w)
    return SummedEmbedding(
      try TokenEmbedding(w["wte"], dimensions), try PositionEmbedding(w["wpe"], dimensions))
  }

  package func block(_ i: Int, _ w: Weights) throws -> any Block {
    let w = top(w)["h.\(i)"]
    let (attention, mlp) = (w["attn"], w["mlp"])
    return SequentialBlock(
      norm1: try LayerNorm(w["ln_1"], dimensions.width, epsilon: epsilon),
      attention: try Attention(
        .stacked(attention["c_attn"].transposed), out: attention["c_proj"].transposed, heads,
        width: dimensions.width, bias: .both, scoring: Scoring(scale: scale(ofBlock: i))),
      norm2: try LayerNorm(w["ln_2"], dimensions.width, epsilon: epsilon),
      mlp: try MLP(
        up: mlp["c_fc"].transposed, down: mlp["c_proj"].transposed, dimensions.width, inner,
        activation))
  }

  private func scale(ofBlock index: Int) -> Float {
    (scalesByBlock ? 1 / Float(index + 1) : 1) / Float(heads.width).squareRoot()
  }

  package func finalNorm(_ w: Weights) throws -> any RowMap {
    try LayerNorm(top(w)["ln_f"], dimensions.width, epsilon: epsilon)
  }

  package func head(_ w: Weights) throws -> LanguageHead? {
    try LanguageHead(w["lm_head"], tied: isTied ? top(w)["wte"] : nil, dimensions)
  }
}
