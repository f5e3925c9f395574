// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear
import IsobathModel

/// Pushes documents through a model, layer by layer, showing every site to the hooks.
///
/// Layer-major: a block is loaded, every document of the batch goes through it, then the next one.
/// Documents stand one after the other without padding, so none can see another.
///
/// ```swift
/// let pass = ForwardPass(try Model.open("SmolLM2-135M"))
/// try pass([TokenizedDocument(name: "greeting", ids: [19556, 905])], hooks: [
///   .observe([.finalNorm]) { site, document, states in
///     print(document.name, site, states.tokens, states.width)
///   }
/// ])
/// ```
public struct ForwardPass: Sendable {
  private let model: Model
  private let blocks: BlockSource

  /// - Parameters:
  ///   - model: what to run.
  ///   - residency: whether blocks stay in memory between batches.
  public init(_ model: Model, residency: MemoryPlan.Residency = .resident) {
    self.model = model
    blocks = BlockSource(model, keeps: residency == .resident)
  }

  /// Runs the documents together.
  ///
  /// - Parameters:
  ///   - documents: token ids; each at least one token and at most the model's positions.
  ///   - firstIndex: the place of the first document among all of the run.
  ///   - hooks: who looks on, in order; blocks after the last hooked site are not run.
  ///   - progress: called after each block with the number of blocks done.
  /// - Throws: `ModelError` for documents that do not fit, what loading throws, what hooks throw.
  public func callAsFunction(
    _ documents: [TokenizedDocument], firstIndex: Int = 0, hooks: [Hook],
    progress: (Int) throws -> Void = { _ in }
  ) throws {
    try model.checkReadsText()
    for document in documents { try ForwardPass.check(document, against: model.dimensions) }
    try run(Pass(documents, firstIndex: firstIndex, hooks: hooks), progress)
  }

  /// Runs pictures together through a vision encoder: each is a document whose tokens are its patches.
  ///
  /// - Parameters:
  ///   - images: pictures as the checkpoint's processor makes them, of the model's size.
  ///   - stretches: whether pictures of other sizes are taken too, with the model's learned positions
  ///     stretched to their patches: transformers' `interpolate_pos_encoding`.
  ///   - firstIndex: the place of the first picture among all of the run.
  ///   - hooks: who looks on, in order; blocks after the last hooked site are not run.
  ///   - progress: called after each block with the number of blocks done.
  /// - Throws: `ModelError` for pictures that do not fit and for a model that reads text, what loading
  ///   throws, what hooks throw.
  public func callAsFunction(
    _ images: [ImageDocument], stretchingPositions stretches: Bool = false, firstIndex: Int = 0,
    hooks: [Hook], progress: (Int) throws -> Void = { _ in }
  ) throws {
    let patches = try model.requirePatches()
    let tokens = try images.map { image in
      let fits = stretches || image.shape == patches.image
      guard fits, let grid = patches.resized(to: image.shape) else {
        throw ModelError.imageShape(
          document: image.name, found: image.shape, expected: patches.image)
      }
      return grid.tokens
    }
    try run(Pass(images, tokens: tokens, firstIndex: firstIndex, hooks: hooks), progress)
  }

  private func run(_ pass: Pass, _ progress: (Int) throws -> Void) throws {
    let end = pass.lastBlock(of: model.dimensions.blocks)
    var x = try pass.tap(.residual(depth: 0), model.embedding(pass))
    for index in 0..<end {
      let block = try blocks[index]
      x = try pass.tap(.residual(depth: index + 1), block(x, BlockPass(pass, block: index)))
      try progress(index + 1)
    }
    if pass.isWatched(.finalNorm) { _ = try pass.tap(.finalNorm, model.finalNorm(x)) }
  }

  /// Whether a model of those sizes can run a document.
  package static func check(
    _ document: TokenizedDocument, against size: Dimensions
  ) throws(ModelError) {
    let (name, ids) = (document.name, document.ids)
    guard !ids.isEmpty else { throw .noTokens(document: name) }
    guard ids.count <= size.context else {
      throw .tooLong(document: name, tokens: ids.count, context: size.context)
    }
    if let wrong = ids.firstIndex(where: { $0 < 0 || Int($0) >= size.vocabulary }) {
      throw .tokenOutOfRange(
        id: Int(ids[wrong]), position: wrong, document: name, vocabulary: size.vocabulary)
    }
  }
}
