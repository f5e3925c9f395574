// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathLinear

/// BERT, RoBERTa and sentence encoders made of them: every token sees the whole text, the stream itself
/// is normed, token types are added. https://arxiv.org/abs/1810.04805
///
/// There is no norm after the last block, so its output is the last hidden state.
package struct BERT: Architecture {
  package static let name = "bert"
  package static let about = "BERT, RoBERTa, XLM-R, MiniLM (arXiv 1810.04805, 1907.11692)"
  package static let modelTypes: Set = ["bert", "roberta", "xlm-roberta"]
  /// RoBERTa's files have neither the padding token's row of positions nor those before it, so their
  /// positions count from 0 as BERT's do. llama.cpp computes GELU with tanh; here it is exact.
  package static let gguf: GGUFNames? = GGUFNames(
    "bert", keys: .sizes + .layerNorm + .equalHeads + ["attention.causal": .always(false)],
    constants: ["model_type": .string("bert")], told: .types, blocks: "encoder.layer", parts: .bert)
  package static func initialisation(of modelType: String) -> Initialisation? {
    let isBERT = modelType == "bert"
    return Initialisation(
      padding: isBERT ? 0 : 1, .init(.paddedTable, "word_embeddings"),
      // RoBERTa's positions have the padding token's row too.
      .init(isBERT ? .table : .paddedTable, "position_embeddings"),
      .init(.table, "token_type_embeddings"),
      .init(.linear, "self.query", "self.key", "self.value", "dense"), .init(.norm, "LayerNorm"))
  }
  package static func ignores(_ tensor: String) -> Bool {
    ["pooler.", "cls.", "lm_head.", "classifier.", "qa_outputs."].contains {
      tensor.hasPrefix($0) || tensor.contains(".\($0)")
    } || tensor.hasSuffix("embeddings.position_ids")
  }

  package let dimensions: Dimensions
  private let heads: Heads
  private let inner: Int
  private let epsilon: Float
  private let activation: Activation
  private let types: Int
  private let counting: PositionEmbedding.Counting

  package init(_ c: ConfigReader) throws {
    let width = try c.positiveInt("hidden_size")
    heads = try Heads(equal: c.positiveInt("num_attention_heads"), width: width, c)
    inner = try c.positiveInt("intermediate_size")
    epsilon = try c.epsilon("layer_norm_eps", default: 1e-12)
    activation = try Activation(c, "hidden_act", default: "gelu")
    types = try c.positiveInt("type_vocab_size", default: 2)
    try c.require("is_decoder", equals: false, default: false)
    try c.require("add_cross_attention", equals: false, default: false)
    try c.require("position_embedding_type", equals: "absolute", default: "absolute")
    let rows = try c.positiveInt("max_position_embeddings", default: 512)
    // RoBERTa's positions begin after the padding token's row.
    let isBERT = try c.string("model_type") == "bert"
    let padding = isBERT ? -1 : try c.nonNegativeInt("pad_token_id", default: 1)
    counting = isBERT ? .fromStart(offset: 0) : .skipping(padding: padding)
    c.ignore(
      "directionality", "pooler_fc_size", "pooler_num_attention_heads", "pooler_num_fc_layers",
      "pooler_size_per_head", "pooler_type", "output_past")
    dimensions = Dimensions(
      blocks: try c.blockCount("num_hidden_layers"), width: width,
      vocabulary: try c.positiveInt("vocab_size"), context: max(rows - padding - 1, 1),
      scratch: width + max(4 * width, inner))
  }

  package var isCausal: Bool { false }

  package func hasSite(_ site: Site) -> Bool { site != .finalNorm }

  private func top(_ w: Weights) -> Weights {
    w.firstPresent(["", "bert", "roberta"], probe: "embeddings.word_embeddings.weight")
  }

  package func embedding(_ w: Weights) throws -> any Embedding {
    let w = top(w)["embeddings"]
    return SummedEmbedding(
      try TokenEmbedding(w["word_embeddings"], dimensions),
      try TypeEmbedding(w["token_type_embeddings"], types: types, width: dimensions.width),
      try PositionEmbedding(w["position_embeddings"], dimensions, counting),
      after: try norm(w["LayerNorm"]))
  }

  package func block(_ i: Int, _ w: Weights) throws -> any Block {
    let w = top(w)["encoder.layer.\(i)"]
    let (attended, inputs) = (w["attention"], w["attention.self"])
    return PostNormBlock(
      attention: try Attention(
        .separate(inputs["query"], inputs["key"], inputs["value"]),
        out: attended["output.dense"], heads, width: dimensions.width, bias: .both,
        scoring: Scoring(.all)),
      norm1: try norm(attended["output.LayerNorm"]),
      mlp: try MLP(
        up: w["intermediate.dense"], down: w["output.dense"], dimensions.width, inner, activation),
      norm2: try norm(w["output.LayerNorm"]))
  }

  package func finalNorm(_ w: Weights) throws -> any RowMap { Identity() }

  private func norm(_ w: Weights) throws -> LayerNorm {
    try LayerNorm(w, dimensions.width, epsilon: epsilon)
  }
}
