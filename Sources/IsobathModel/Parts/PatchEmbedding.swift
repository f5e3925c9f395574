// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathLinear

/// `after((token ⧺ patches · Wᵀ + b) + positions)`: pictures to the states that enter the first block.
///
/// Pictures of another size than the model's have its positions stretched to their patches.
package struct PatchEmbedding: Embedding {
  private let grid: PatchGrid
  private let project: Projection
  /// The class token, a row; nil where there is none.
  private let token: Matrix?
  /// A row for each token of the model's own pictures.
  private let positions: Matrix
  private let after: any RowMap

  package init(
    _ grid: PatchGrid, project: Projection, token: Matrix? = nil, positions: Matrix,
    after: any RowMap = Identity()
  ) {
    precondition(
      positions.rows == grid.tokens && (token != nil) == grid.hasClass,
      "PatchEmbedding: \(positions.rows) positions, \(grid.tokens) tokens")
    (self.grid, self.project, self.token, self.positions) = (grid, project, token, positions)
    self.after = after
  }

  package func callAsFunction(_ pass: Pass) throws -> Matrix {
    guard !pass.images.isEmpty else { return Matrix(uninitialized: 0, positions.columns) }
    let grids = pass.images.map { image in
      guard let grid = grid.resized(to: image.shape) else {
        preconditionFailure("PatchEmbedding: a picture of \(image.shape) for \(grid.image)")
      }
      return grid
    }
    let patches = project(PatchGrid.unfold(pass.images, grids))
    var (parts, start) = ([Matrix](), 0)
    for grid in grids {
      if let token { parts.append(token) }
      parts.append(patches.slice(start..<(start + grid.count)))
      start += grid.count
    }
    return after(Matrix(stacking: parts) + Matrix(stacking: stretched(to: grids)))
  }

  /// The positions of each picture.
  private func stretched(to grids: [PatchGrid]) -> [Matrix] {
    var known: [[Int]: Matrix] = [[grid.rows, grid.columns]: positions]
    return grids.map { new in
      if let found = known[[new.rows, new.columns]] { return found }
      let first = grid.tokens - grid.count
      let patches = BicubicGrid(from: grid, to: new)(positions.slice(first..<grid.tokens))
      let made = Matrix(stacking: [positions.slice(0..<first), patches])
      known[[new.rows, new.columns]] = made
      return made
    }
  }
}
