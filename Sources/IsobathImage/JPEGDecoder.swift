// SPDX-License-Identifier: GPL-3.0-or-later
import CImage

/// A JPEG file: baseline or progressive, grey, colour or CMYK.
struct JPEGDecoder {
  let bytes: [UInt8]
  let path: String
  let limits: ImageLimits

  func pixels() throws(ImageError) -> Pixels {
    var header = isobath_jpeg_header()
    try check(Codec.reason { isobath_jpeg_read_header(bytes, bytes.count, &header, $0) })
    let size = try Codec.size(header.width, header.height, limits, path)
    var rgb = [UInt8](repeating: 0, count: 3 * size.pixels)
    try check(
      Codec.reason {
        isobath_jpeg_decode(
          bytes, bytes.count, Int32(clamping: limits.scans), limits.decoderBytes, &rgb, $0)
      })
    let segments = JPEGSegments(bytes)
    let orientation: Orientation
    do throws(ExifProblem) {
      orientation = try Orientation(exif: segments.exif, xmp: segments.xmp)
    } catch { throw .damaged(path: path, format: .jpeg, reason: "\(error)") }
    return Pixels(size: size, bytes: rgb, path: path).upright(from: orientation)
  }

  private func check(_ reason: String?) throws(ImageError) {
    if let reason { throw .damaged(path: path, format: .jpeg, reason: reason) }
  }
}

/// The blocks before a JPEG's first scan that say how the picture is to be turned.
struct JPEGSegments {
  /// The EXIF block without its name, nil when there is none.
  private(set) var exif: [UInt8]?
  private(set) var xmp: [UInt8]?

  private static let exifName = Array("Exif\0\0".utf8)
  private static let xmpName = Array("http://ns.adobe.com/xap/1.0/\0".utf8)

  init(_ bytes: [UInt8]) {
    var at = 2
    while at + 4 <= bytes.count {
      // Fill bytes and junk between segments are skipped, as decoders do.
      guard bytes[at] == 0xFF, bytes[at + 1] != 0xFF, bytes[at + 1] != 0 else {
        at += 1
        continue
      }
      let marker = bytes[at + 1]
      // Start of scan, end of image: no block follows that matters.
      if marker == 0xDA || marker == 0xD9 { return }
      if marker == 0x01 || (0xD0...0xD8).contains(marker) {
        at += 2
        continue
      }
      let length = Int(bytes[at + 2]) << 8 | Int(bytes[at + 3])
      guard length >= 2, at + 2 + length <= bytes.count else { return }
      if marker == 0xE1 { take(bytes[(at + 4)..<(at + 2 + length)]) }
      at += 2 + length
    }
  }

  /// One APP1 segment; an EXIF block may go on in the next.
  private mutating func take(_ segment: ArraySlice<UInt8>) {
    if segment.starts(with: JPEGSegments.exifName) {
      exif = (exif ?? []) + segment.dropFirst(JPEGSegments.exifName.count)
    } else if segment.starts(with: JPEGSegments.xmpName) {
      xmp = Array(segment.dropFirst(JPEGSegments.xmpName.count))
    }
  }
}
