// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint

/// Mistral: Llama whose queries may look through a sliding window.
/// https://arxiv.org/abs/2310.06825
package struct Mistral: LlamaRelative {
  package static let name = "mistral"
  package static let about = "Mistral 7B and its kin (arXiv 2310.06825)"
  package static let modelTypes: Set = ["mistral"]
  /// The converter writes llama and leaves the window out: such a file runs as Llama, without it.
  package static let gguf: GGUFNames? = .llama(
    "llama", mark: "attention.sliding_window", keys: .window)
  package static func initialisation(of modelType: String) -> Initialisation? {
    .llama()
  }

  package let numbers: LlamaNumbers
  private let sights: [Sight]
  private let rotary: Rotary

  package init(_ c: ConfigReader) throws {
    numbers = try LlamaNumbers(c, activation: ("hidden_act", "silu"))
    rotary = try Rotary(c, width: numbers.heads.width)
    sights = try Sight.perBlock(
      c, blocks: numbers.dimensions.blocks, window: c.optionalSize("sliding_window"))
  }

  package func block(_ i: Int, _ w: Weights) throws -> any Block {
    let w = top(w)["layers.\(i)"]
    return SequentialBlock(
      norm1: try norm(w["input_layernorm"]),
      attention: try attention(w["self_attn"], rotary, Scoring(sights[i])),
      norm2: try norm(w["post_attention_layernorm"]), mlp: try mlp(w["mlp"]))
  }
}
