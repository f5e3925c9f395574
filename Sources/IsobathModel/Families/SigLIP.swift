// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathLinear

/// The vision encoders of SigLIP and SigLIP 2: patches alone, and a norm after the last block.
/// https://arxiv.org/abs/2303.15343
package struct SigLIP: VisionEncoder {
  package static let name = "siglip"
  package static let about =
    "the vision encoders of SigLIP, SigLIP 2 (arXiv 2303.15343, 2502.14786)"
  package static let modelTypes: Set = ["siglip", "siglip_vision_model"]
  /// The text tower, and the head that makes one vector of all patches.
  package static func ignores(_ tensor: String) -> Bool {
    ["text_model.", "vision_model.head.", "head."].contains { tensor.hasPrefix($0) }
      || ["logit_scale", "logit_bias"].contains(tensor)
      || tensor.hasSuffix("embeddings.position_ids")
  }

  package let numbers: VisionNumbers

  package init(_ c: ConfigReader) throws {
    let c = try c.visionPart(ofPair: "siglip")
    numbers = try VisionNumbers(
      c, side: 16, activation: "gelu_pytorch_tanh", epsilon: 1e-6, hasClass: false)
    c.ignore("vision_use_head", "initializer_factor")
  }

  private func top(_ w: Weights) -> Weights {
    w.firstPresent(["vision_model", ""], probe: "embeddings.patch_embedding.weight")
  }

  package func embedding(_ w: Weights) throws -> any Embedding {
    let w = top(w)["embeddings"]
    let (tokens, width) = (numbers.patches.tokens, dimensions.width)
    return PatchEmbedding(
      numbers.patches, project: try projection(w["patch_embedding"], bias: true),
      positions: try w.matrix(
        "position_embedding.weight", folding: [tokens, width], rows: tokens, isTable: true))
  }

  package func block(_ i: Int, _ w: Weights) throws -> any Block {
    try layer(top(w)["encoder.layers.\(i)"])
  }

  package func finalNorm(_ w: Weights) throws -> any RowMap {
    try norm(top(w)["post_layernorm"])
  }
}
