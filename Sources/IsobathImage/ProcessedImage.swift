// SPDX-License-Identifier: GPL-3.0-or-later

/// What a vision encoder is fed for one picture.
package struct ProcessedImage: Sendable {
  /// Pictures of the same size as three planes each, red, green, blue, rows from the top: one; or with
  /// tiling those of the grid, row by row, and the whole picture last.
  package let tiles: [[Float]]
  /// Of each tile.
  package let size: ImageSize
  /// Rows of the grid of tiles, 0 when the picture was not cut.
  package let rows: Int
  /// Columns of the grid of tiles, 0 when the picture was not cut.
  package let columns: Int
  /// Whether the encoder also takes a mask of pixels.
  package let isMasked: Bool

  /// The mask of each tile, nil when the encoder takes none: 1 for each pixel of the picture, row by row.
  ///
  /// Tiles of one picture fill their frames; a 0 would only stand where pictures of a batch differ.
  package var pixelMask: [UInt8]? {
    isMasked ? [UInt8](repeating: 1, count: size.pixels) : nil
  }
}

/// Pictures before they become numbers.
struct Tiling {
  var tiles: [Pixels]
  var rows = 0
  var columns = 0
}
