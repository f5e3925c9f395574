// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint

/// Gemma 1: Llama with embeddings times √d, norms that add one to their weights, and gated GELU.
/// https://arxiv.org/abs/2403.08295
package struct Gemma: LlamaRelative {
  package static let name = "gemma"
  package static let about = "Gemma 1 (arXiv 2403.08295)"
  package static let modelTypes: Set = ["gemma"]
  package static let gguf: GGUFNames? = .llama("gemma")
  package static func initialisation(of modelType: String) -> Initialisation? {
    .llama(.offsetNorm, padding: 0)
  }

  package let numbers: LlamaNumbers
  private let bias: Attention.Biases
  private let rotary: Rotary

  package init(_ c: ConfigReader) throws {
    // The first configurations said "gelu" in one key and, later, what they meant in the other.
    let key = c.has("hidden_activation") ? "hidden_activation" : "hidden_act"
    c.ignore("hidden_act")
    numbers = try LlamaNumbers(c, activation: (key, "gelu_pytorch_tanh"), offset: 1, tied: true)
    rotary = try Rotary(c, width: numbers.heads.width)
    bias = Attention.Biases(try c.bool("attention_bias", default: false))
    try c.requireCausal()
  }

  package var embeddingScale: Float { Float(dimensions.width).squareRoot() }

  package func block(_ i: Int, _ w: Weights) throws -> any Block {
    let w = top(w)["layers.\(i)"]
    return SequentialBlock(
      norm1: try norm(w["input_layernorm"]),
      attention: try attention(w["self_attn"], bias: bias, rotary),
      norm2: try norm(w["post_attention_layernorm"]), mlp: try mlp(w["mlp"]))
  }
}

extension ConfigReader {
  /// Gemma's switch for embedding models whose tokens see the whole text.
  func requireCausal() throws {
    if has("use_bidirectional_attention") {
      try require("use_bidirectional_attention", equals: false)
    }
  }
}
