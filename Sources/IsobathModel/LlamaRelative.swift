// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathLinear

/// The numbers that Llama's relatives spell alike.
package struct LlamaNumbers: Sendable {
  package let dimensions: Dimensions
  package let heads: Heads
  package let inner: Int
  package let epsilon: Float
  package let activation: Activation
  /// What norms add to their weights.
  package let offset: Float
  /// Whether the token embeddings are the head.
  package let isTied: Bool

  /// - Parameters:
  ///   - epsilon: the norms' ε when the configuration has none.
  ///   - activation: the key of the feed-forward part's function and its usual value.
  ///   - offset: what norms add to their weights.
  ///   - tied: whether embeddings are the head when the configuration does not say so.
  package init(
    _ c: ConfigReader, epsilon: Double = 1e-6, activation: (key: String, usual: String),
    offset: Float = 0, tied: Bool = false
  ) throws {
    let width = try c.positiveInt("hidden_size")
    heads = try Heads(c, width: width)
    inner = try c.positiveInt("intermediate_size")
    self.epsilon = try c.epsilon("rms_norm_eps", default: epsilon)
    self.activation = try Activation(c, activation.key, default: activation.usual)
    self.offset = offset
    isTied = try c.tiesHead(default: tied)
    // The first Llama files called their positions so.
    let older = try c.positiveInt("max_sequence_length", default: 2048)
    dimensions = Dimensions(
      blocks: try c.blockCount("num_hidden_layers"), width: width,
      vocabulary: try c.positiveInt("vocab_size"),
      context: try c.positiveInt("max_position_embeddings", default: older),
      scratch: width + max(heads.stacked + heads.all, 2 * inner))
  }
}

/// A family with Llama's names and RMS norms, whose blocks differ.
package protocol LlamaRelative: Architecture {
  var numbers: LlamaNumbers { get }
  /// What token embeddings are multiplied by.
  var embeddingScale: Float { get }
  /// The logit that is not exceeded.
  var logitCap: Float? { get }
}

extension LlamaRelative {
  package static func ignores(_ tensor: String) -> Bool {
    ["lm_head.weight", "lm_head.bias", "output.weight", "score.weight"].contains(tensor)
      || tensor.hasSuffix("rotary_emb.inv_freq")
  }

  package var dimensions: Dimensions { numbers.dimensions }
  package var embeddingScale: Float { 1 }
  package var logitCap: Float? { nil }

  /// The model's names: below `model`, or at the top where it was saved without a head.
  func top(_ w: Weights) -> Weights { w.firstPresent(["model", ""], probe: "embed_tokens.weight") }

  package func embedding(_ w: Weights) throws -> any Embedding {
    try TokenEmbedding(top(w)["embed_tokens"], dimensions, scale: embeddingScale)
  }

  package func finalNorm(_ w: Weights) throws -> any RowMap { try norm(top(w)["norm"]) }

  package func head(_ w: Weights) throws -> LanguageHead? {
    try LanguageHead(
      w["lm_head"], tied: numbers.isTied ? top(w)["embed_tokens"] : nil, dimensions, cap: logitCap)
  }

  func norm(_ w: Weights) throws -> RMSNorm {
    try RMSNorm(w, dimensions.width, epsilon: numbers.epsilon, offset: numbers.offset)
  }

  func attention(
    _ w: Weights, bias: Attention.Biases = [], norms: QueryKeyNorms? = nil, _ rotary: Rotary,
    _ scoring: Scoring = Scoring()
  ) throws -> Attention {
    try Attention(
      .separate(w["q_proj"], w["k_proj"], w["v_proj"]), out: w["o_proj"], numbers.heads,
      width: dimensions.width, bias: bias, norms: norms, rotary: rotary, scoring: scoring)
  }

  /// Norms of each query and key head.
  func headNorms(_ w: Weights) throws -> QueryKeyNorms {
    let norm = { (name: String) in
      try RMSNorm(
        w[name], numbers.heads.width, epsilon: numbers.epsilon, offset: numbers.offset)
    }
    return QueryKeyNorms(query: try norm("q_norm"), key: try norm("k_norm"), over: .head)
  }

  func mlp(_ w: Weights, bias: Bool = false) throws -> GatedMLP {
    try GatedMLP(
      gate: w["gate_proj"], up: w["up_proj"], down: w["down_proj"], dimensions.width,
      numbers.inner, numbers.activation, bias: bias)
  }
}

extension ConfigReader {
  /// Whether the token embeddings are the head; a null says nothing.
  func tiesHead(default absent: Bool) throws -> Bool {
    try has("tie_word_embeddings") ? bool("tie_word_embeddings") : absent
  }
}
