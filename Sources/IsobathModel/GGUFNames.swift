// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint

/// How GGUF files spell a family: what their metadata keys mean, and where tensors are.
///
/// A file holds what llama.cpp's converter wrote and llama.cpp computes something of its own with it.
/// Isobath takes the numbers and computes the family's equation, as transformers does.
package struct GGUFNames: Sendable {
  /// What a metadata key says.
  package enum Meaning: Sendable, ExpressibleByStringLiteral {
    /// The value of the family's key of that name; a dot leads into a nested object.
    case key(String)
    /// So many features of a head, which the family's key counts as a share of them.
    case share(String)
    /// Nothing new, but it must be right.
    case repeats(Quantity)
    /// One of two ways to compute, of which the family knows this one.
    case always(Bool)
    /// Nothing that hidden states depend on.
    case nothing

    package init(stringLiteral key: String) { self = .key(key) }
  }

  /// A number that follows from others.
  package enum Quantity: Sendable {
    case heads
    case headWidth
    case fourWidths
  }

  /// What a configuration says and a converter leaves to the tensors.
  package enum Told: Sendable {
    /// The number of rows of a tensor.
    case rows(String)
    /// True when there is such a tensor.
    case presence(String)

    var tensor: String {
      switch self {
      case .rows(let name), .presence(let name): name
      }
    }
  }

  /// Where a part of a block is: a name without `blk.0` and `weight`.
  package enum Place: Sendable, ExpressibleByStringLiteral {
    case whole(String)
    /// One of three parts of a tensor, where it has none of its own.
    case third(Int, of: String, own: String)
    /// The expert's part of a tensor; in older files, a tensor of its own with its number.
    case expert(of: String, own: String)

    package init(stringLiteral name: String) { self = .whole(name) }
  }

  /// The value of `general.architecture`.
  package let architecture: String
  /// The key that this family alone has of those that share the architecture; nil for the plain one.
  package let mark: String?
  /// The family's metadata keys, after the architecture.
  let keys: [String: Meaning]
  /// Those that a file must have.
  let required: Set<String>
  /// What the configuration says in every file.
  let constants: [String: ConfigValue]
  /// The family's keys that tensors answer.
  let told: [String: Told]
  /// The prefix of the family's block tensors before their index.
  let blocks: String
  /// The family's names of tensors and of parts of blocks; `*` is an expert's number.
  let parts: [String: Place]
  /// Places whose rows the converter permuted, and the key of their number of heads, or else the next.
  let permuted: [String: [String]]

  /// - Parameters:
  ///   - needs: keys that a file must have, beside the sizes.
  init(
    _ architecture: String, mark: String? = nil, keys: [String: Meaning], needs: Set<String> = [],
    constants: [String: ConfigValue] = [:], told: [String: Told] = [:], blocks: String,
    parts: [String: Place], permuted: [String: [String]] = [:]
  ) {
    self.architecture = architecture
    self.mark = mark
    self.keys = .common + keys
    required = needs.union(GGUFNames.usuallyRequired.intersection(keys.keys))
    // Files without an output of their own have the embeddings for it.
    self.constants = constants + ["tie_word_embeddings": .bool(true)]
    self.told = told + ["vocab_size": .rows("token_embd.weight")]
    self.blocks = blocks
    self.parts = ["lm_head": "output", "embed_out": "output"] + parts
    self.permuted = permuted
  }
}
