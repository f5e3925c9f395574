// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// What states say of the next token when the model's final norm and head read them.
package struct LensReading: Sendable, Equatable {
  /// `−ln p(next)` in nats, of every token but the last.
  package let loss: [Double]
  /// The entropy of the distribution over the next token in nats, of every token.
  package let entropy: [Double]
}

/// The logit lens: the final norm and the head, put upon the residual stream at any depth.
///
/// nostalgebraist, "interpreting GPT: the logit lens", 2020. At `finalNorm` it is the model's own loss.
package struct LogitLens: Sendable {
  private let norm: any RowMap
  /// The head that reads the normed states.
  package let head: LanguageHead

  init(norm: any RowMap, head: LanguageHead) { (self.norm, self.head) = (norm, head) }

  /// Reads the states of one document, a block of rows at a time.
  ///
  /// - Parameters:
  ///   - states: a row for each token.
  ///   - ids: the document's tokens.
  ///   - isNormed: whether they come from `finalNorm`, which must not be taken again.
  package func callAsFunction(
    _ states: MatrixView, ids: [Int32], isNormed: Bool
  ) -> LensReading {
    precondition(ids.count == states.rows, "LogitLens: \(ids.count) ids, \(states.rows) states")
    var predictions: [LanguageHead.Prediction] = []
    predictions.reserveCapacity(ids.count)
    for start in stride(from: 0, to: ids.count, by: LanguageHead.height) {
      let rows = start..<min(start + LanguageHead.height, ids.count)
      let next = rows.map { $0 + 1 < ids.count ? Optional(ids[$0 + 1]) : nil }
      let block = states.rows(rows)
      predictions +=
        isNormed
        ? head.read(block, next: next)
        : norm(Matrix(copying: block)).withView { head.read($0, next: next) }
    }
    return LensReading(
      loss: predictions.compactMap(\.loss), entropy: predictions.map(\.entropy))
  }
}
