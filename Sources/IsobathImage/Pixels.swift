// SPDX-License-Identifier: GPL-3.0-or-later

/// A picture in memory: 8-bit red, green, blue for each pixel, rows from the top.
package struct Pixels: Sendable {
  package let size: ImageSize
  /// 3 bytes a pixel.
  package let bytes: [UInt8]
  /// The file that it came from, for messages.
  package let path: String
  /// What reading the file changed or left out.
  package let notes: [PixelNote]

  package var width: Int { size.width }
  package var height: Int { size.height }

  package init(size: ImageSize, bytes: [UInt8], path: String, notes: [PixelNote] = []) {
    precondition(size.width > 0 && size.height > 0 && bytes.count == 3 * size.pixels)
    self.size = size
    self.bytes = bytes
    self.path = path
    self.notes = notes
  }

  /// The same picture with other pixels.
  func with(_ size: ImageSize, _ bytes: [UInt8]) -> Pixels {
    Pixels(size: size, bytes: bytes, path: path, notes: notes)
  }
}

/// What a file says that its pixels as they are read do not.
package enum PixelNote: Equatable, Sendable {
  /// The picture was turned upright.
  case turned(Orientation)
  /// The file has transparent pixels; their colours were taken as they are stored.
  case transparencyDropped
  /// More pictures follow the one that was read.
  case firstFrame
  /// So many 16-bit grey values over 255 became 255, as Pillow has it.
  case greyClipped(pixels: Int)
}

extension PixelNote: CustomStringConvertible {
  package var description: String {
    switch self {
    case .turned(let orientation): "turned upright from EXIF orientation \(orientation.rawValue)"
    case .transparencyDropped: "transparency dropped"
    case .firstFrame: "the first picture of an animation"
    case .greyClipped(let pixels): "\(pixels) grey values over 255 became 255"
    }
  }
}

/// What becomes of transparent pixels.
package enum Transparency: Sendable {
  /// Their stored colours are taken, as Pillow's `convert('RGB')` and so `load_image` of transformers do.
  case dropped
  /// They are laid on white, as the processors of transformers 5 do with a Pillow image that still has
  /// its transparency.
  case onWhite
}
