// SPDX-License-Identifier: GPL-3.0-or-later

extension Pixels {
  /// The picture turned clockwise by quarters of a circle; negative turns counterclockwise.
  package func rotated(quarterTurns: Int) -> Pixels {
    switch ((quarterTurns % 4) + 4) % 4 {
    case 1: moved(size.turned, from: (height - 1) * width, across: -width, down: 1)
    case 2: moved(size, from: height * width - 1, across: -1, down: -width)
    case 3: moved(size.turned, from: width - 1, across: width, down: -1)
    default: self
    }
  }

  /// The picture as a mirror shows it: left becomes right.
  package func mirrored() -> Pixels { moved(size, from: width - 1, across: -1, down: width) }

  /// The picture that a file with this orientation means, with a note when that turns it.
  package func upright(from orientation: Orientation) -> Pixels {
    let turned =
      switch orientation {
      case .upright: self
      case .mirrored: mirrored()
      case .upsideDown: rotated(quarterTurns: 2)
      case .flipped: mirrored().rotated(quarterTurns: 2)
      case .transposed: mirrored().rotated(quarterTurns: 3)
      case .needsClockwise: rotated(quarterTurns: 1)
      case .transversed: mirrored().rotated(quarterTurns: 1)
      case .needsCounterclockwise: rotated(quarterTurns: 3)
      }
    guard orientation != .upright else { return self }
    return Pixels(
      size: turned.size, bytes: turned.bytes, path: path, notes: notes + [.turned(orientation)])
  }

  /// A picture whose upper left pixel is the one at `start` of this picture, counted along its rows, and
  /// whose next pixels are so many further on.
  private func moved(_ size: ImageSize, from start: Int, across: Int, down: Int) -> Pixels {
    // Every index is checked here: those of the corners are the extremes.
    let corners = [0, across * (size.width - 1)].flatMap {
      [start + $0, start + $0 + down * (size.height - 1)]
    }
    precondition(
      corners.allSatisfy { (0..<self.size.pixels).contains($0) }, "\(size) of \(self.size)")
    let moved = [UInt8](unsafeUninitializedCapacity: bytes.count) { target, filled in
      bytes.withUnsafeBufferPointer { source in
        var to = 0
        for row in 0..<size.height {
          var at = 3 * (start + row * down)
          for _ in 0..<size.width {
            target[to] = source[at]
            target[to + 1] = source[at + 1]
            target[to + 2] = source[at + 2]
            (to, at) = (to + 3, at + 3 * across)
          }
        }
        filled = to
      }
    }
    return with(size, moved)
  }
}
