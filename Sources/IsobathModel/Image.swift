// SPDX-License-Identifier: GPL-3.0-or-later

/// How large a picture is, in numbers.
public struct ImageShape: Sendable, Hashable {
  /// Planes: 3 for red, green and blue.
  public let channels: Int
  /// Rows of pixels.
  public let height: Int
  /// Pixels of a row.
  public let width: Int

  /// A shape by its sizes.
  public init(channels: Int, height: Int, width: Int) {
    (self.channels, self.height, self.width) = (channels, height, width)
  }

  /// The numbers of a picture.
  package var count: Int { channels * height * width }
}

extension ImageShape: CustomStringConvertible {
  /// `3 × 224 × 224`: channels, height and width.
  public var description: String { "\(channels) × \(height) × \(width)" }
}

/// One picture as a vision encoder takes it: a document whose tokens are the picture's patches.
public struct ImageDocument: Sendable {
  /// The picture's name, for hooks and messages.
  public let name: String
  /// Its size.
  public let shape: ImageShape
  /// Plane by plane, rows from the top, as the checkpoint's processor scales them.
  public let pixels: [Float]

  /// A picture of numbers; `pixels.count` must be that of the shape.
  public init(name: String, shape: ImageShape, pixels: [Float]) {
    precondition(pixels.count == shape.count, "\(pixels.count) pixels for \(shape)")
    self.name = name
    self.shape = shape
    self.pixels = pixels
  }
}
