// SPDX-License-Identifier: GPL-3.0-or-later
import CImage

extension Pixels {
  /// Reads a JPEG or PNG file as `load_image` of transformers does: turned upright by its EXIF or XMP
  /// orientation, in RGB, without colour management.
  ///
  /// CMYK is taken as inverted, 16-bit colours lose their low byte, 16-bit grey is clipped at 255, all as in
  /// Pillow; of an animated PNG the first picture is read.
  package static func read(
    _ path: String, limits: ImageLimits = .standard, transparency: Transparency = .dropped
  ) throws(ImageError) -> Pixels {
    let bytes = try ImageFile.read(path, limit: limits.fileBytes)
    return try decode(bytes, path: path, limits: limits, transparency: transparency)
  }

  /// Decodes a file's bytes.
  ///
  /// - Parameter path: the file's name, for messages.
  package static func decode(
    _ bytes: [UInt8], path: String, limits: ImageLimits = .standard,
    transparency: Transparency = .dropped
  ) throws(ImageError) -> Pixels {
    switch try ImageFormat.of(bytes, path: path) {
    case .jpeg: try JPEGDecoder(bytes: bytes, path: path, limits: limits).pixels()
    case .png:
      try PNGDecoder(bytes: bytes, path: path, limits: limits, transparency: transparency).pixels()
    }
  }
}

/// Calls of the C decoders, which return whether they succeeded and else a reason.
enum Codec {
  /// Runs a call; its reason on failure, nil on success.
  static func reason(_ call: (UnsafeMutablePointer<CChar>) -> Int32) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(ISOBATH_REASON_SIZE)) { text in
      text.initialize(repeating: 0)
      defer { text.deinitialize() }
      guard let start = text.baseAddress, call(start) == 0 else { return nil }
      return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }

  /// The extents of a header, checked.
  static func size(
    _ width: UInt32, _ height: UInt32, _ limits: ImageLimits, _ path: String
  ) throws(ImageError) -> ImageSize {
    let size = ImageSize(width: Int(width), height: Int(height))
    guard size.pixels <= limits.pixels else {
      throw .tooManyPixels(
        path: path, width: size.width, height: size.height, limit: limits.pixels)
    }
    return size
  }
}
