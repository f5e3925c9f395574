// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint

/// OLMo 2: norms behind each half alone, and over all queries and all keys.
/// https://arxiv.org/abs/2501.00656
package struct OLMo2: LlamaRelative {
  package static let name = "olmo2"
  package static let about = "OLMo 2 (arXiv 2501.00656)"
  package static let modelTypes: Set = ["olmo2"]
  package static let gguf: GGUFNames? = .llama("olmo2", parts: .normsBehind + .headNorms)
  package static func initialisation(of modelType: String) -> Initialisation? {
    .llama(padding: 1).after(.init(.norm, "q_norm", "k_norm", "post_feedforward_layernorm"))
  }

  package let numbers: LlamaNumbers
  private let bias: Attention.Biases
  private let rotary: Rotary

  package init(_ c: ConfigReader) throws {
    numbers = try LlamaNumbers(c, epsilon: 1e-5, activation: ("hidden_act", "silu"))
    rotary = try Rotary(c, width: numbers.heads.width)
    bias = Attention.Biases(try c.bool("attention_bias", default: false))
  }

  package func block(_ i: Int, _ w: Weights) throws -> any Block {
    let w = top(w)["layers.\(i)"]
    let (attended, heads) = (w["self_attn"], numbers.heads)
    let norms = QueryKeyNorms(
      query: try RMSNorm(attended["q_norm"], heads.all, epsilon: numbers.epsilon),
      key: try RMSNorm(
        attended["k_norm"], heads.keys * heads.width, epsilon: numbers.epsilon), over: .all)
    return SequentialBlock(
      norm1: Identity(), attention: try attention(attended, bias: bias, norms: norms, rotary),
      after1: try norm(w["post_attention_layernorm"]), norm2: Identity(), mlp: try mlp(w["mlp"]),
      after2: try norm(w["post_feedforward_layernorm"]))
  }
}
