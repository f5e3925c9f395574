// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathLinear

/// The token's row of the embedding table, times a factor. Only the rows of a pass are read from the
/// checkpoint.
package struct TokenEmbedding: Embedding {
  private let table: Weights
  private let rows: Int
  private let width: Int
  private let scale: Float

  package init(_ w: Weights, _ dimensions: Dimensions, scale: Float = 1) throws {
    try self.init(w, rows: dimensions.vocabulary, width: dimensions.width, scale: scale)
  }

  package init(_ w: Weights, rows: Int, width: Int, scale: Float = 1) throws {
    try w.check("weight", rows, width)
    table = w
    self.rows = rows
    self.width = width
    self.scale = scale
  }

  package func callAsFunction(_ pass: Pass) throws -> Matrix {
    let states = try table.gather("weight", pass.ids.map(Int.init), rows, width)
    return scale == 1 ? states : Elementwise.scaled(states, by: scale)
  }
}

/// Learned absolute positions: a row for each token by where it stands in its document.
package struct PositionEmbedding: Embedding {
  /// How the table's rows are counted.
  package enum Counting: Sendable {
    /// The first token has row `offset`.
    case fromStart(offset: Int)
    /// As RoBERTa counts: padding tokens have row `padding`, others follow it one by one.
    case skipping(padding: Int)
  }

  private let table: Weights
  private let rows: Int
  private let width: Int
  private let counting: Counting

  package init(
    _ w: Weights, _ dimensions: Dimensions, _ counting: Counting = .fromStart(offset: 0)
  ) throws {
    switch counting {
    case .fromStart(let offset): rows = dimensions.context + offset
    case .skipping(let padding): rows = dimensions.context + padding + 1
    }
    width = dimensions.width
    try w.check("weight", rows, width)
    table = w
    self.counting = counting
  }

  package func callAsFunction(_ pass: Pass) throws -> Matrix {
    try table.gather("weight", pass.spans.flatMap { indices(pass.ids[$0.rows]) }, rows, width)
  }

  private func indices(_ ids: ArraySlice<Int32>) -> [Int] {
    switch counting {
    case .fromStart(let offset): return ids.indices.map { $0 - ids.startIndex + offset }
    case .skipping(let padding):
      var last = padding
      return ids.map { id in
        if Int(id) == padding { return padding }
        last += 1
        return last
      }
    }
  }
}

/// The row of each token's segment: 0 throughout unless a document says otherwise (BERT).
package struct TypeEmbedding: Embedding {
  private let table: Weights
  private let rows: Int
  private let width: Int

  package init(_ w: Weights, types: Int, width: Int) throws {
    try w.check("weight", types, width)
    (table, rows, self.width) = (w, types, width)
  }

  package func callAsFunction(_ pass: Pass) throws -> Matrix {
    if let wrong = pass.types.first(where: { !(0..<rows).contains(Int($0)) }) {
      throw ModelError.typeOutOfRange(type: Int(wrong), types: rows)
    }
    return try table.gather("weight", pass.types.map(Int.init), rows, width)
  }
}

/// `after(project(tokens) + others)`: a sum of embeddings, and what a family does to it.
package struct SummedEmbedding: Embedding {
  private let tokens: TokenEmbedding
  private let project: any RowMap
  private let others: [any Embedding]
  private let after: any RowMap

  package init(
    _ tokens: TokenEmbedding, _ others: any Embedding..., project: any RowMap = Identity(),
    after: any RowMap = Identity()
  ) {
    self.tokens = tokens
    self.project = project
    self.others = others
    self.after = after
  }

  package func callAsFunction(_ pass: Pass) throws -> Matrix {
    after(try others.reduce(project(tokens(pass))) { try $0 + $1(pass) })
  }
}
