// SPDX-License-Identifier: GPL-3.0-or-later

extension Pixels {
  /// The picture turned clockwise by quarters of a circle; negative turns counterclockwise.
  package func rotated(quarterTurns: Int) -> Pixels {
    switch ((quarterTurns % 4) + 4) % 4 {
    case 1: moved(size.turned) { column, row in (row, height - 1 - column) }
    case 2: moved(size) { column, row in (width - 1 - column, height - 1 - row) }
    case 3: moved(size.turned) { column, row in (width - 1 - row, column) }
    default: self
    }
  }

  /// The picture as a mirror shows it: left becomes right.
  package func mirrored() -> Pixels {
    moved(size) { column, row in (width - 1 - column, row) }
  }

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

  /// A picture whose pixel at (column, row) is the one of this picture at `source(column, row)`.
  private func moved(
    _ size: ImageSize, _ source: (_ column: Int, _ row: Int) -> (column: Int, row: Int)
  ) -> Pixels {
    var moved = [UInt8](repeating: 0, count: bytes.count)
    for row in 0..<size.height {
      for column in 0..<size.width {
        let from = source(column, row)
        let (at, to) = (3 * (from.row * width + from.column), 3 * (row * size.width + column))
        moved[to] = bytes[at]
        moved[to + 1] = bytes[at + 1]
        moved[to + 2] = bytes[at + 2]
      }
    }
    return with(size, moved)
  }
}
