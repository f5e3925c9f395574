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

  /// More than any model has, and a product of three overflows nothing.
  private static let largest = 1 << 14

  private static func bounded(_ c: ConfigReader, _ key: String, default absent: Int) throws -> Int {
    let found = try c.positiveInt(key, default: absent)
    guard found <= largest else {
      throw ModelError.unsupported(
        key: c.name(key), found: "\(found)", supported: "at most \(largest)", file: c.file)
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

  /// The same cut of a picture of another size; nil where it has other planes, no whole patch, or a side
  /// that no model has.
  package func resized(to shape: ImageShape) -> PatchGrid? {
    let sides = side...PatchGrid.largest
    guard shape.channels == image.channels, sides.contains(shape.height),
      sides.contains(shape.width)
    else { return nil }
    return PatchGrid(image: shape, side: side, hasClass: hasClass)
  }

  private init(image: ImageShape, side: Int, hasClass: Bool) {
    (self.image, self.side, self.hasClass) = (image, side, hasClass)
  }

  /// The patches of some pictures, a row for each: channel by channel, row by row.
  ///
  /// - Parameters:
  ///   - images: the pictures.
  ///   - grids: how each of them is cut; the patches of all have as many numbers.
  package static func unfold(_ images: [ImageDocument], _ grids: [PatchGrid]) -> Matrix {
    var ranges: [Range<Int>] = []
    for grid in grids {
      let start = ranges.last?.upperBound ?? 0
      ranges.append(start..<(start + grid.count))
    }
    var patches = Matrix(uninitialized: ranges.last?.upperBound ?? 0, grids.first?.values ?? 0)
    patches.withMutableView { patches in
      let ranges = ranges
      Workers.run(images.count) { index in
        images[index].pixels.withUnsafeBufferPointer { pixels in
          guard let base = pixels.baseAddress else { return }
          grids[index].cut(base, into: patches.rows(ranges[index]))
        }
      }
    }
    return patches
  }

  private func cut(_ pixels: UnsafePointer<Float>, into patches: MatrixView) {
    let plane = image.height * image.width
    for patch in 0..<count {
      let first = patch / columns * side * image.width + patch % columns * side
      var target = patches.pointer + patch * patches.stride
      for channel in 0..<image.channels {
        for line in 0..<side {
          target.update(
            from: pixels + channel * plane + first + line * image.width, count: side)
          target += side
        }
      }
    }
  }
}
