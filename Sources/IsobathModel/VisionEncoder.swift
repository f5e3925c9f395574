// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathLinear

/// The numbers that vision encoders spell alike.
package struct VisionNumbers: Sendable {
  package let dimensions: Dimensions
  package let patches: PatchGrid
  package let heads: Heads
  package let inner: Int
  package let epsilon: Float
  package let activation: Activation

  /// Absent keys mean the base size, as configurations of hub models leave them out.
  ///
  /// - Parameters:
  ///   - side: pixels of a patch's side when the configuration has none.
  ///   - activation: the feed-forward part's function when the configuration has none.
  ///   - epsilon: the norms' ε when the configuration has none.
  ///   - hasClass: whether a class token stands before the patches.
  package init(
    _ c: ConfigReader, side: Int, activation: String, epsilon: Double, hasClass: Bool
  ) throws {
    let width = try c.positiveInt("hidden_size", default: 768)
    heads = try Heads(
      equal: c.positiveInt("num_attention_heads", default: 12), width: width, c)
    inner = try c.positiveInt("intermediate_size", default: 3072)
    self.epsilon = try c.epsilon("layer_norm_eps", default: epsilon)
    self.activation = try Activation(c, "hidden_act", default: activation)
    patches = try PatchGrid(c, side: side, hasClass: hasClass)
    dimensions = Dimensions(
      blocks: try c.blockCount("num_hidden_layers", default: 12), width: width, vocabulary: 0,
      context: patches.tokens, scratch: width + max(4 * width, inner, patches.values))
  }
}

/// A family that reads pictures: norms before each half, every patch sees the whole picture.
package protocol VisionEncoder: Architecture {
  var numbers: VisionNumbers { get }
}

extension VisionEncoder {
  /// llama.cpp keeps vision towers in files of their own, which are not read.
  package static var gguf: GGUFNames? { nil }
  package static func initialisation(of modelType: String) -> Initialisation? { nil }

  package var dimensions: Dimensions { numbers.dimensions }
  package var patches: PatchGrid? { numbers.patches }
  package var isCausal: Bool { false }

  func norm(_ w: Weights) throws -> LayerNorm {
    try LayerNorm(w, dimensions.width, epsilon: numbers.epsilon)
  }

  /// The convolution that makes a patch a token.
  func projection(_ w: Weights, bias: Bool) throws -> Projection {
    try Projection(
      w, patch: (numbers.patches.image.channels, numbers.patches.side), out: dimensions.width,
      bias: bias)
  }

  /// A block as CLIP names its parts.
  func layer(_ w: Weights) throws -> SequentialBlock {
    let (attended, mlp) = (w["self_attn"], w["mlp"])
    return SequentialBlock(
      norm1: try norm(w["layer_norm1"]),
      attention: try Attention(
        .separate(attended["q_proj"], attended["k_proj"], attended["v_proj"]),
        out: attended["out_proj"], numbers.heads, width: dimensions.width, bias: .both,
        scoring: Scoring(.all)),
      norm2: try norm(w["layer_norm2"]),
      mlp: try MLP(
        up: mlp["fc1"], down: mlp["fc2"], dimensions.width, numbers.inner, numbers.activation))
  }
}

extension ConfigReader {
  /// The vision tower's part of a configuration: the whole of a tower's own, and `vision_config` where
  /// a text tower stands beside it.
  func visionPart(ofPair modelType: String) throws -> ConfigReader {
    guard try string("model_type") == modelType else { return self }
    // The text tower and what compares the two.
    ignore(
      "text_config", "text_config_dict", "projection_dim", "logit_scale_init_value",
      "initializer_factor", "vision_config")
    // Where older writers stored both, transformers takes this one.
    if let part = try nested("vision_config_dict") { return part }
    guard let part = try nested("vision_config") else {
      throw CheckpointError.config(.missing(key: name("vision_config")), path: file)
    }
    return part
  }
}
