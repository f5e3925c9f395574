// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathLinear

/// How a picture is cut into square patches: a token for each, row by row, behind the class token where
/// there is one. https://arxiv.org/abs/2010.11929
///
/// What is left at the right and at the bottom, where patches do not fill the picture, is seen by nobody.
package struct PatchGrid: Sendable, Equatable {
  /// The pictures that are cut.
  package let image: ImageShape
  /// Pixels of a patch's side.
  package let side: Int
  /// Whether a token that is no patch comes first.
  package let hasClass: Bool

  /// - Parameters:
  ///   - side: pixels of a patch's side where the configuration does not say it.
  ///   - size: pixels of the picture's side where the configuration does not say it.
  package init(_ c: ConfigReader, size: Int = 224, side: Int, hasClass: Bool) throws {
    let (size, side) = (
      try PatchGrid.bounded(c, "image_size", default: size),
      try PatchGrid.bounded(c, "patch_size", default: side)
    )
    let channels = try PatchGrid.bounded(c, "num_channels", default: 3)
    guard side <= size else {
      throw ModelError.unsupported(
        key: c.name("patch_size"), found: "\(side)",
        supported: "at most the \(size) pixels of image_size", file: c.file)
    }
    image = ImageShape(channels: channels, height: size, width: size)
    (self.side, self.hasClass) = (side, hasClass)
  }

  /// A size that no product of three overflows.
  private static func bounded(_ c: ConfigReader, _ key: String, default absent: Int) throws -> Int {
    let found = try c.positiveInt(key, default: absent)
    guard found <= 1 << 14 else {
      throw ModelError.unsupported(
        key: c.name(key), found: "\(found)", supported: "at most 16384", file: c.file)
    }
    return found
  }

  /// Rows of patches.
  package var rows: Int { image.height / side }
  /// Patches of a row.
  package var columns: Int { image.width / side }
  /// Patches of a picture.
  package var count: Int { rows * columns }
  /// Tokens of a picture.
  package var tokens: Int { count + (hasClass ? 1 : 0) }
  /// Numbers of a patch.
  package var values: Int { image.channels * side * side }

  /// The patches of some pictures, a row for each: channel by channel, row by row.
  package func unfold(_ images: [ImageDocument]) -> Matrix {
    var patches = Matrix(uninitialized: images.count * count, values)
    patches.withMutableView { patches in
      Workers.run(images.count * rows) { task in
        let (image, row) = (task / rows, task % rows)
        let first = image * count + row * columns
        images[image].pixels.withUnsafeBufferPointer { pixels in
          guard let base = pixels.baseAddress else { return }
          cut(base, row: row, into: patches.rows(first..<(first + columns)))
        }
      }
    }
    return patches
  }

  /// One row of patches.
  private func cut(_ pixels: UnsafePointer<Float>, row: Int, into patches: MatrixView) {
    let plane = image.height * image.width
    for column in 0..<columns {
      var target = patches.pointer + column * patches.stride
      for channel in 0..<image.channels {
        for line in 0..<side {
          let start = channel * plane + (row * side + line) * image.width + column * side
          target.update(from: pixels + start, count: side)
          target += side
        }
      }
    }
  }
}

/// `after((token ⧺ patches · Wᵀ + b) + positions)`: pictures to the states that enter the first block.
package struct PatchEmbedding: Embedding {
  private let grid: PatchGrid
  private let project: Projection
  /// The class token, a row; nil where there is none.
  private let token: Matrix?
  /// A row for each token.
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
    let patches = project(grid.unfold(pass.images))
    guard !pass.images.isEmpty else { return patches }
    let states = Matrix(
      stacking: pass.images.indices.flatMap { index in
        [token, patches.slice((index * grid.count)..<((index + 1) * grid.count))]
      }.compactMap { $0 })
    return after(states + Matrix(stacking: pass.images.map { _ in positions }))
  }
}
