// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathLinear

/// The token's row of the embedding table. Only the rows of a pass are read from the checkpoint.
package struct TokenEmbedding: Embedding {
  private let table: Weights
  private let dimensions: Dimensions

  package init(_ w: Weights, _ dimensions: Dimensions) throws {
    try w.check("weight", dimensions.vocabulary, dimensions.width)
    table = w
    self.dimensions = dimensions
  }

  package func callAsFunction(_ pass: Pass) throws -> Matrix {
    try table.gather("weight", pass.ids.map(Int.init), dimensions.vocabulary, dimensions.width)
  }
}

/// `token + position`, both looked up: learned absolute positions, each document from 0.
package struct PositionedEmbedding: Embedding {
  private let tokens: TokenEmbedding
  private let positions: Weights
  private let dimensions: Dimensions

  package init(tokens: Weights, positions: Weights, _ dimensions: Dimensions) throws {
    self.tokens = try TokenEmbedding(tokens, dimensions)
    try positions.check("weight", dimensions.context, dimensions.width)
    self.positions = positions
    self.dimensions = dimensions
  }

  package func callAsFunction(_ pass: Pass) throws -> Matrix {
    let indices = pass.spans.flatMap { Array(0..<$0.rows.count) }
    return try tokens(pass)
      + positions.gather("weight", indices, dimensions.context, dimensions.width)
  }
}
