// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathCheckpoint
import IsobathLinear

/// BLOOM: no position embeddings, but scores that fall with distance (ALiBi).
/// https://arxiv.org/abs/2211.05100
package struct Bloom: Architecture {
  package static let name = "bloom"
  package static let about = "BLOOM, BLOOMZ (arXiv 2211.05100, 2211.01786)"
  package static let modelTypes: Set = ["bloom"]
  package static let gguf: GGUFNames? = GGUFNames(
    "bloom",
    keys: .equalHeads + [
      "embedding_length": "hidden_size", "block_count": "n_layer", "context_length": "seq_length",
      "attention.head_count": "n_head", "attention.layer_norm_epsilon": "layer_norm_epsilon",
      "feed_forward_length": .repeats(.fourWidths),
    ], blocks: "transformer.h",
    parts: .neoX("self_attention") + [
      "transformer.word_embeddings": "token_embd", "transformer.ln_f": "output_norm",
      "transformer.word_embeddings_layernorm": "token_embd_norm",
    ])
  package static func initialisation(of modelType: String) -> Initialisation? {
    Initialisation(
      .init(.table, "word_embeddings"),
      .init(.linear, "query_key_value", "dense", "dense_h_to_4h", "dense_4h_to_h", "lm_head"),
      .init(
        .norm, "word_embeddings_layernorm", "input_layernorm", "post_attention_layernorm", "ln_f"))
  }
  package static func ignores(_ tensor: String) -> Bool {
    ["lm_head.weight", "output.weight"].contains(tensor)
  }

  package let dimensions: Dimensions
  private let heads: Heads
  private let epsilon: Float
  private let isTied: Bool

  package init(_ c: ConfigReader) throws {
    let width = try c.positiveInt("hidden_size", default: c.optionalSize("n_embed"))
    let count = try c.positiveInt(c.has("n_head") ? "n_head" : "num_attention_heads")
    heads = try Heads(equal: count, width: width, c)
    epsilon = try c.epsilon("layer_norm_epsilon", default: 1e-5)
    isTied = try c.tiesHead(default: true)
    for key in ["apply_residual_connection_post_layernorm", "skip_bias_add_qkv"] {
      try c.require(key, equals: false, default: false)
    }
    // How training computed the same sums.
    c.ignore(
      "slow_but_exact", "attention_softmax_in_fp32", "bias_dropout_fusion", "masked_softmax_fusion",
      "offset_alibi", "skip_bias_add", "n_inner", "num_attention_heads")
    dimensions = Dimensions(
      blocks: try c.blockCount(c.has("n_layer") ? "n_layer" : "num_hidden_layers"),
      width: width, vocabulary: try c.positiveInt("vocab_size"),
      context: try c.positiveInt("seq_length", default: 2048), scratch: 5 * width)
  }

  /// One slope per head: powers of 2^(−8/n) for n heads, n a power of two; the heads beyond the
  /// largest such n take every other slope of twice as many.
  private var slopes: [Float] {
    let count = 1 << (Int.bitWidth - 1 - heads.queries.leadingZeroBitCount)
    let power = { (n: Int, k: Int) in Float(pow(Double(Float(exp2(-8 / Double(n)))), Double(k))) }
    return (0..<heads.queries).map {
      $0 < count ? power(count, $0 + 1) : power(2 * count, 2 * ($0 - count) + 1)
    }
  }

  private func top(_ w: Weights) -> Weights {
    w.firstPresent(["transformer", ""], probe: "word_embeddings.weight")
  }

  package func embedding(_ w: Weights) throws -> any Embedding {
    let w = top(w)
    return SummedEmbedding(
      try TokenEmbedding(w["word_embeddings"], dimensions),
      after: try norm(w["word_embeddings_layernorm"]))
  }

  package func block(_ i: Int, _ w: Weights) throws -> any Block {
    let w = top(w)["h.\(i)"]
    let attended = w["self_attention"]
    return SequentialBlock(
      norm1: try norm(w["input_layernorm"]),
      attention: try Attention(
        .stacked(attended["query_key_value"].interleaved(heads: heads.queries)),
        out: attended["dense"], heads, width: dimensions.width, bias: .both,
        scoring: Scoring(slopes: slopes)),
      norm2: try norm(w["post_attention_layernorm"]),
      mlp: try MLP(
        up: w["mlp.dense_h_to_4h"], down: w["mlp.dense_4h_to_h"], dimensions.width,
        4 * dimensions.width, .geluTanh))
  }

  package func finalNorm(_ w: Weights) throws -> any RowMap { try norm(top(w)["ln_f"]) }

  package func head(_ w: Weights) throws -> LanguageHead? {
    try LanguageHead(w["lm_head"], tied: isTied ? top(w)["word_embeddings"] : nil, dimensions)
  }

  private func norm(_ w: Weights) throws -> LayerNorm {
    try LayerNorm(w, dimensions.width, epsilon: epsilon)
  }
}
