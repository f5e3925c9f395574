// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathLinear

/// CLIP's vision encoder: a class token, a norm before the first block, none after the last but for what
/// compares pictures with texts. https://arxiv.org/abs/2103.00020
package struct CLIP: VisionEncoder {
  package static let name = "clip"
  package static let about = "CLIP's vision encoder (arXiv 2103.00020)"
  package static let modelTypes: Set = ["clip", "clip_vision_model"]
  /// The text tower, the projections, and the norm of the class token alone.
  package static func ignores(_ tensor: String) -> Bool {
    ["text_model.", "text_projection.", "visual_projection.", "post_layernorm."].contains {
      tensor.hasPrefix($0) || tensor.hasPrefix("vision_model.\($0)")
    } || tensor == "logit_scale" || tensor.hasSuffix("embeddings.position_ids")
  }

  package let numbers: VisionNumbers

  package init(_ c: ConfigReader) throws {
    let c = try c.visionPart(ofPair: "clip")
    numbers = try VisionNumbers(
      c, side: 32, activation: "quick_gelu", epsilon: 1e-5, hasClass: true)
    try c.require("add_cross_attention", equals: false, default: false)
    c.ignore("projection_dim", "initializer_factor")
  }

  package func hasSite(_ site: Site) -> Bool { site != .finalNorm }

  private func top(_ w: Weights) -> Weights {
    w.firstPresent(["vision_model", ""], probe: "embeddings.patch_embedding.weight")
  }

  package func embedding(_ w: Weights) throws -> any Embedding {
    let (w, parts) = (top(w), top(w)["embeddings"])
    let (tokens, width) = (numbers.patches.tokens, dimensions.width)
    return PatchEmbedding(
      numbers.patches, project: try projection(parts["patch_embedding"], bias: false),
      token: try parts.matrix("class_embedding", folding: [width], rows: 1),
      positions: try parts.matrix(
        "position_embedding.weight", folding: [tokens, width], rows: tokens, isTable: true),
      after: try norm(w["pre_layrnorm"]))
  }

  package func block(_ i: Int, _ w: Weights) throws -> any Block {
    try layer(top(w)["encoder.layers.\(i)"])
  }

  package func finalNorm(_ w: Weights) throws -> any RowMap { Identity() }
}
