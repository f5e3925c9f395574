// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathLinear

/// One transformer block: states in, states out, rows aligned with the pass's documents.
package protocol Block: Sendable {
  /// - Parameters:
  ///   - x: the residual stream, Σ tokens × width.
  ///   - tap: where the block's inner sites are offered to hooks; it also knows the documents' rows.
  func callAsFunction(_ x: Matrix, _ tap: BlockPass) throws -> Matrix
}

/// A norm, or anything else that maps each row of states by itself.
package protocol RowMap: Sendable {
  func callAsFunction(_ x: Matrix) -> Matrix
}

/// Token ids, or pictures, to the states that enter the first block.
package protocol Embedding: Sendable {
  func callAsFunction(_ pass: Pass) throws -> Matrix
}

/// The sizes of a model, as its family read them from the configuration.
public struct Dimensions: Sendable, Equatable {
  /// The number of blocks, L.
  public let blocks: Int
  /// The width of the residual stream, d.
  public let width: Int
  /// The number of token embeddings; 0 for a model that reads pictures.
  public let vocabulary: Int
  /// The number of positions that the model was made for.
  public let context: Int
  /// Float32 values per token that a block holds at its widest moment, beside the stream itself.
  package let scratch: Int

  package init(blocks: Int, width: Int, vocabulary: Int, context: Int, scratch: Int) {
    self.blocks = blocks
    self.width = width
    self.vocabulary = vocabulary
    self.context = context
    self.scratch = scratch
  }
}

/// A family of models: numbers from the configuration, names of the tensors, and the equation.
///
/// One family is one file and one entry in `families`.
package protocol Architecture: Sendable {
  /// What the family is called in lists and reports.
  static var name: String { get }
  /// One line: which models, and the paper.
  static var about: String { get }
  /// The `model_type`s of config.json that it reads.
  static var modelTypes: Set<String> { get }
  /// How GGUF files spell it; nil when llama.cpp has no such architecture.
  static var gguf: GGUFNames? { get }
  /// How the tensors of a `model_type` begin before training; nil where that is not written down.
  static func initialisation(of modelType: String) -> Initialisation?
  /// Tensors that checkpoints of the family carry and hidden states do not need.
  static func ignores(_ tensor: String) -> Bool

  init(_ config: ConfigReader) throws
  var dimensions: Dimensions { get }
  func embedding(_ w: Weights) throws -> any Embedding
  func block(_ index: Int, _ w: Weights) throws -> any Block
  /// The norm after the last block; `Identity` where `hasSite(.finalNorm)` is false.
  func finalNorm(_ w: Weights) throws -> any RowMap
  /// What reads the next token from the normed states; nil where the family or the checkpoint has none.
  func head(_ w: Weights) throws -> LanguageHead?
  /// Whether the equation passes a site.
  func hasSite(_ site: Site) -> Bool
  /// Whether a token's states depend on nothing that follows it.
  var isCausal: Bool { get }
  /// How pictures become tokens; nil for a family that reads text.
  var patches: PatchGrid? { get }
  /// The number of features at a site: the stream's, unless the family projects.
  func width(at site: Site) -> Int
}

extension Architecture {
  package func head(_ w: Weights) throws -> LanguageHead? { nil }
  package func hasSite(_ site: Site) -> Bool { true }
  package var isCausal: Bool { true }
  package var patches: PatchGrid? { nil }
  package func width(at site: Site) -> Int { dimensions.width }
}
