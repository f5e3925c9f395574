// SPDX-License-Identifier: GPL-3.0-or-later

extension Pixels {
  /// The part of a plane of one colour, with this picture on it, that a frame shows.
  ///
  /// - Parameters:
  ///   - frame: the extents of the result.
  ///   - column: where the frame's left edge stands in this picture; negative when left of it.
  ///   - row: where the frame's upper edge stands; negative when above it.
  ///   - colour: what is seen outside the picture.
  func framed(
    _ frame: ImageSize, column: Int, row: Int, colour: (UInt8, UInt8, UInt8) = (0, 0, 0)
  ) -> Pixels {
    var framed: [UInt8] = []
    framed.reserveCapacity(3 * frame.pixels)
    let columns = max(0, column)..<max(max(0, column), min(width, column + frame.width))
    func fill(_ count: Int) {
      for _ in 0..<count { framed += [colour.0, colour.1, colour.2] }
    }
    for y in row..<(row + frame.height) {
      guard (0..<height).contains(y), !columns.isEmpty else {
        fill(frame.width)
        continue
      }
      fill(columns.lowerBound - column)
      let start = 3 * y * width
      framed += bytes[(start + 3 * columns.lowerBound)..<(start + 3 * columns.upperBound)]
      fill(column + frame.width - columns.upperBound)
    }
    return with(frame, framed)
  }

  /// The middle of the picture; black where it is smaller than the frame. Of an odd number of black rows or
  /// columns Pillow's backend has one more before the picture, torchvision's one more after it.
  func centreCropped(_ frame: ImageSize, _ backend: ImageBackend) -> Pixels {
    guard frame != size else { return self }
    func start(_ length: Int, _ frame: Int) -> Int {
      backend == .pillow ? (length - frame) >> 1 : (length - frame) / 2
    }
    return framed(frame, column: start(width, frame.width), row: start(height, frame.height))
  }

  /// The picture in the middle of a square of one colour.
  func squared(_ colour: (UInt8, UInt8, UInt8)) -> Pixels {
    guard width != height else { return self }
    let side = max(width, height)
    return framed(
      ImageSize(width: side, height: side), column: -((side - width) / 2),
      row: -((side - height) / 2), colour: colour)
  }
}
