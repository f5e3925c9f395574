// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathLinear
import Synchronization

/// The language-model head: the logits `cap tanh((W x + b) / cap)` of every next token, of which bias and
/// cap may be missing.
///
/// What it holds is W, V × d float32, once; logits exist for a block of rows and tokens at a time.
package struct LanguageHead: Sendable {
  /// What the head says of the token after a row.
  package struct Prediction: Sendable, Equatable {
    /// `−ln p(next)` in nats; nil where no next token was given.
    package let loss: Double?
    /// The entropy of the distribution over all tokens, in nats.
    package let entropy: Double
  }

  private let weight: Matrix
  private let bias: [Float]?
  private let cap: Float?
  private let panel: Int

  /// - Parameters:
  ///   - weight: a row for each token.
  ///   - bias: a number for each token, if any.
  ///   - cap: the logit that is not exceeded, if there is one.
  ///   - panel: how many tokens' logits are computed together.
  package init(_ weight: Matrix, bias: [Float]? = nil, cap: Float? = nil, panel: Int = 4096) {
    precondition(panel > 0 && weight.rows > 0, "LanguageHead: \(weight.rows) tokens by \(panel)")
    (self.weight, self.bias, self.cap, self.panel) = (weight, bias, cap, panel)
  }

  /// The number of tokens, V.
  package var vocabulary: Int { weight.rows }
  /// The number of features that it reads, d.
  package var width: Int { weight.columns }

  /// The most bytes that one thread's logits take.
  package static let scratchBytes = 4 * height * 4096
  /// Rows that are read together.
  package static let height = 256

  /// Predictions from states as the final norm leaves them.
  ///
  /// Logits are float32, the sums over the vocabulary float64 and the same on any number of threads.
  ///
  /// - Parameters:
  ///   - normed: a row of `width` features for each token.
  ///   - next: the token after each row, where its loss is wanted.
  package func read(_ normed: MatrixView, next: [Int32?]) -> [Prediction] {
    precondition(
      normed.columns == width && next.count == normed.rows,
      "LanguageHead: \(normed.rows)×\(normed.columns), \(next.count) tokens, width \(width)")
    precondition(
      next.allSatisfy { $0.map { $0 >= 0 && Int($0) < vocabulary } ?? true },
      "LanguageHead: a token outside 0..<\(vocabulary)")
    let panels = (vocabulary + panel - 1) / panel
    let slices = (normed.rows + LanguageHead.height - 1) / LanguageHead.height
    let parts = Mutex([[Part]](repeating: [], count: slices * panels))
    Workers.run(slices * panels) { task in
      let (slice, place) = (task / panels, task % panels)
      let start = slice * LanguageHead.height
      let rows = start..<min(start + LanguageHead.height, normed.rows)
      let tokens = (place * panel)..<min((place + 1) * panel, vocabulary)
      let part = read(normed.rows(rows), next[rows], tokens)
      parts.withLock { $0[task] = part }
    }
    let found = parts.withLock { $0 }
    return (0..<normed.rows).map { row in
      let first = row / LanguageHead.height * panels
      return prediction(found[first..<(first + panels)].map { $0[row % LanguageHead.height] })
    }
  }

  /// What one row needs of some of the tokens.
  private struct Part {
    let sums: ExponentialSums
    /// The next token's logit, if it is one of them.
    let next: Float?
  }

  private func read(
    _ normed: MatrixView, _ next: ArraySlice<Int32?>, _ tokens: Range<Int>
  ) -> [Part] {
    var logits = Matrix(uninitialized: normed.rows, tokens.count)
    return logits.withMutableView { logits in
      weight.withView(rows: tokens) { Dense.rowwise(normed, $0, into: logits) }
      if let bias { Elementwise.add(bias, tokens, to: logits) }
      if let cap { Elementwise.softcap(logits, cap) }
      return next.enumerated().map { row, id in
        let column = id.flatMap { tokens.contains(Int($0)) ? Int($0) - tokens.lowerBound : nil }
        return Part(
          sums: ExponentialSums(logits, row: row), next: column.map { logits[row, $0] })
      }
    }
  }

  /// One row's parts in their order.
  private func prediction(_ parts: [Part]) -> Prediction {
    let sums = parts.dropFirst().reduce(into: parts[0].sums) { $0.add($1.sums) }
    let next = parts.lazy.compactMap(\.next).first
    return Prediction(loss: next.map { sums.logSum - Double($0) }, entropy: sums.entropy)
  }
}

extension LanguageHead {
  /// The head that a checkpoint stores, or else the token embeddings where they are tied to it.
  ///
  /// One that is stored is taken whatever the configuration says of ties, as transformers 5 does; in an
  /// untrained model ties hold.
  ///
  /// - Parameters:
  ///   - own: where its own weight and bias would be.
  ///   - embeddings: the token embeddings; nil where they are not tied to it.
  ///   - size: the model's sizes.
  ///   - width: the features that it reads; nil for the stream's.
  ///   - cap: the logit that is not exceeded, if there is one.
  ///   - isBiased: whether there must be a bias; otherwise there may be one.
  /// - Throws: what is wrong with its tensors; nothing when there are none, and it is nil.
  init?(
    _ own: Weights, tied embeddings: Weights?, _ size: Dimensions, width: Int? = nil,
    cap: Float? = nil, isBiased: Bool = false
  ) throws {
    let isOwn = own.has("weight") && !(own.isMade && embeddings != nil)
    guard let place = isOwn ? own : embeddings else { return nil }
    let weight = try place.matrix("weight", size.vocabulary, width ?? size.width)
    let hasBias = isBiased || own.has("bias")
    self.init(weight, bias: hasBias ? try own.vector("bias", size.vocabulary) : nil, cap: cap)
  }
}

/// Why a model has no language-model head.
package enum NoHead: Error, Equatable {
  /// It predicts no next token.
  case encoder(family: String, file: String)
  /// It was saved without one, and its configuration ties none to the embeddings.
  case notStored(file: String)
}

extension NoHead: CustomStringConvertible {
  /// One sentence: what, which file, and what to do.
  package var description: String {
    switch self {
    case .encoder(let family, let file):
      "\(file): the family '\(family)' predicts no next token, so there is no loss; "
        + "take a causal model"
    case .notStored(let file):
      "\(file): the model was saved without its language-model head, so there is no loss; "
        + "take the checkpoint of the causal model"
    }
  }
}
