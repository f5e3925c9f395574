// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathLinear

/// GPT-Neo: GPT-2 with unscaled scores and a window in every other block.
/// https://doi.org/10.5281/zenodo.5297715, arXiv 2101.00027
package struct GPTNeo: Architecture {
  package static let name = "gpt_neo"
  package static let about = "GPT-Neo (Black et al. 2021; arXiv 2101.00027)"
  package static let modelTypes: Set = ["gpt_neo"]
  package static let gguf: GGUFNames? = nil
  package static func initialisation(of modelType: String) -> Initialisation? {
    Initialisation(
      .init(.table, "wte", "wpe"),
      .init(.linear, "q_proj", "k_proj", "v_proj", "out_proj", "mlp.c_fc", "mlp.c_proj", "lm_head"),
      .init(.norm, "ln_1", "ln_2", "ln_f"))
  }
  package static func ignores(_ tensor: String) -> Bool {
    tensor == "lm_head.weight"
      || [".attention.bias", ".attention.masked_bias"].contains { tensor.hasSuffix($0) }
  }

  package let dimensions: Dimensions
  private let heads: Heads
  private let inner: Int
  private let epsilon: Float
  private let activation: Activation
  private let sights: [Sight]
  private let isTied: Bool

  package init(_ c: ConfigReader) throws {
    let width = try c.positiveInt("hidden_size")
    heads = try Heads(equal: c.positiveInt("num_heads"), width: width, c)
    inner = try c.optionalSize("intermediate_size") ?? 4 * width
    epsilon = try c.epsilon("layer_norm_epsilon", default: 1e-5)
    activation = try Activation(c, "activation_function", default: "gelu_new")
    isTied = try c.tiesHead(default: true)
    dimensions = Dimensions(
      blocks: try c.blockCount("num_layers"), width: width,
      vocabulary: try c.positiveInt("vocab_size"),
      context: try c.positiveInt("max_position_embeddings", default: 2048),
      scratch: width + max(4 * width, inner))
    sights = try GPTNeo.sights(c, blocks: dimensions.blocks)
    c.ignore("attention_types", "embed_dropout", "resid_dropout")
  }

  /// `attention_layers` says global or local; without it they take turns, as in every released model.
  private static func sights(_ c: ConfigReader, blocks: Int) throws -> [Sight] {
    let window = try c.positiveInt("window_size", default: 256)
    let kinds =
      try c.strings("attention_layers")
      ?? c.repeated("attention_types") ?? (0..<blocks).map { $0 % 2 == 0 ? "global" : "local" }
    guard kinds.count == blocks, Set(kinds).isSubset(of: ["global", "local"]) else {
      throw ModelError.unsupported(
        key: c.name("attention_layers"), found: "\(kinds.count) entries",
        supported: "global or local for each of \(blocks) blocks", file: c.file)
    }
    return kinds.map { $0 == "local" ? .window(window) : .past }
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
    let (attention, mlp) = (w["attn.attention"], w["mlp"])
    return SequentialBlock(
      norm1: try norm(w["ln_1"]),
      attention: try Attention(
        .separate(attention["q_proj"], attention["k_proj"], attention["v_proj"]),
        out: attention["out_proj"], heads, width: dimensions.width, bias: .output,
        scoring: Scoring(sights[i], scale: 1)),
      norm2: try norm(w["ln_2"]),
      mlp: try MLP(up: mlp["c_fc"], down: mlp["c_proj"], dimensions.width, inner, activation))
  }

  package func finalNorm(_ w: Weights) throws -> any RowMap { try norm(top(w)["ln_f"]) }

  package func head(_ w: Weights) throws -> LanguageHead? {
    try LanguageHead(w["lm_head"], tied: isTied ? top(w)["wte"] : nil, dimensions)
  }

  private func norm(_ w: Weights) throws -> LayerNorm {
    try LayerNorm(w, dimensions.width, epsilon: epsilon)
  }
}
