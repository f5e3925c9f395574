// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathLinear

/// The vision transformer: a class token, learned positions, a norm after the last block.
/// https://arxiv.org/abs/2010.11929
package struct ViT: VisionEncoder {
  package static let name = "vit"
  package static let about = "ViT (arXiv 2010.11929)"
  package static let modelTypes: Set = ["vit"]
  /// Heads, and the token that hides patches in training.
  package static func ignores(_ tensor: String) -> Bool {
    ["pooler.", "classifier.", "decoder.", "embeddings.mask_token"].contains {
      tensor.hasPrefix($0) || tensor.hasPrefix("vit.\($0)")
    }
  }

  package let numbers: VisionNumbers
  private let inputBias: Bool

  package init(_ c: ConfigReader) throws {
    numbers = try VisionNumbers(c, side: 16, activation: "gelu", epsilon: 1e-12, hasClass: true)
    inputBias = try c.bool("qkv_bias", default: true)
    c.ignore("encoder_stride", "pooler_act", "pooler_output_size")
  }

  private func top(_ w: Weights) -> Weights {
    w.firstPresent(["", "vit"], probe: "embeddings.cls_token")
  }

  package func embedding(_ w: Weights) throws -> any Embedding {
    let w = top(w)["embeddings"]
    let (tokens, width) = (numbers.patches.tokens, dimensions.width)
    return PatchEmbedding(
      numbers.patches, project: try projection(w["patch_embeddings.projection"], bias: true),
      token: try w.matrix("cls_token", folding: [1, 1, width], rows: 1),
      positions: try w.matrix(
        "position_embeddings", folding: [1, tokens, width], rows: tokens, isTable: true))
  }

  package func block(_ i: Int, _ w: Weights) throws -> any Block {
    let w = top(w)["encoder.layer.\(i)"]
    let (attended, inputs) = (w["attention"], w["attention.attention"])
    return SequentialBlock(
      norm1: try norm(w["layernorm_before"]),
      attention: try Attention(
        .separate(inputs["query"], inputs["key"], inputs["value"]), out: attended["output.dense"],
        numbers.heads, width: dimensions.width, bias: inputBias ? .both : .output,
        scoring: Scoring(.all)),
      norm2: try norm(w["layernorm_after"]),
      mlp: try MLP(
        up: w["intermediate.dense"], down: w["output.dense"], dimensions.width, numbers.inner,
        numbers.activation))
  }

  package func finalNorm(_ w: Weights) throws -> any RowMap { try norm(top(w)["layernorm"]) }
}
