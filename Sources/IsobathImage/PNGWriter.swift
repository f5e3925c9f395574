// SPDX-License-Identifier: GPL-3.0-or-later
import CImage

extension Pixels {
  /// The picture as a PNG file: no time, no text, so that the same pixels give the same bytes with the
  /// same libpng and zlib.
  package func png() throws(ImageError) -> [UInt8] {
    var file = isobath_bytes()
    defer { isobath_bytes_free(&file) }
    let reason = Codec.reason {
      isobath_png_encode(
        bytes, UInt32(clamping: width), UInt32(clamping: height), &file, $0)
    }
    if let reason { throw .notWritten(reason: reason) }
    return Array(UnsafeBufferPointer(start: file.start, count: file.count))
  }
}
