// SPDX-License-Identifier: GPL-3.0-or-later
import CImage

/// A PNG file of any colour type and depth.
struct PNGDecoder {
  let bytes: [UInt8]
  let path: String
  let limits: ImageLimits
  let transparency: Transparency

  func pixels() throws(ImageError) -> Pixels {
    let alpha: Int32 = transparency == .onWhite ? 1 : 0
    var header = isobath_png_header()
    try check(Codec.reason { isobath_png_read_header(bytes, bytes.count, alpha, &header, $0) })
    let size = try Codec.size(header.width, header.height, limits, path)
    let isGrey = header.layout == Int32(ISOBATH_PNG_GREY16)
    if isGrey, header.has_alpha != 0, transparency == .onWhite {
      try check("16-bit grey with a transparent value cannot be laid on white")
    }
    let (stored, orientation) = try decode(alpha, Int(header.layout) * size.pixels)
    var notes: [PixelNote] = []
    if header.is_animated != 0 { notes.append(.firstFrame) }
    let rgb: [UInt8]
    if isGrey {
      let (clipped, count) = PNGDecoder.clipped(stored)
      rgb = clipped
      if count > 0 { notes.append(.greyClipped(pixels: count)) }
    } else {
      rgb = header.layout == Int32(ISOBATH_PNG_RGBA) ? PNGDecoder.onWhite(stored) : stored
    }
    if header.has_alpha != 0, transparency == .dropped { notes.append(.transparencyDropped) }
    return Pixels(size: size, bytes: rgb, path: path, notes: notes).upright(from: orientation)
  }

  private func check(_ reason: String?) throws(ImageError) {
    if let reason { throw .damaged(path: path, format: .png, reason: reason) }
  }

  private func decode(
    _ alpha: Int32, _ count: Int
  ) throws(ImageError) -> ([UInt8], Orientation) {
    var stored = [UInt8](repeating: 0, count: count)
    var exif = isobath_bytes()
    var xmp = isobath_bytes()
    defer {
      isobath_bytes_free(&exif)
      isobath_bytes_free(&xmp)
    }
    try check(
      Codec.reason {
        isobath_png_decode(bytes, bytes.count, alpha, &stored, &exif, &xmp, $0)
      })
    do throws(ExifProblem) {
      return (stored, try Orientation(exif: PNGDecoder.array(exif), xmp: PNGDecoder.array(xmp)))
    } catch { throw .damaged(path: path, format: .png, reason: "\(error)") }
  }

  private static func array(_ bytes: isobath_bytes) -> [UInt8]? {
    bytes.start.map { Array(UnsafeBufferPointer(start: $0, count: bytes.count)) }
  }

  /// Big-endian 16-bit grey as Pillow's `convert` has it: what is over 255 becomes 255.
  private static func clipped(_ grey: [UInt8]) -> (rgb: [UInt8], over: Int) {
    var over = 0
    var rgb = [UInt8](repeating: 0, count: grey.count / 2 * 3)
    for pixel in 0..<(grey.count / 2) {
      let isOver = grey[2 * pixel] != 0
      if isOver { over += 1 }
      for channel in 0..<3 { rgb[3 * pixel + channel] = isOver ? 255 : grey[2 * pixel + 1] }
    }
    return (rgb, over)
  }

  /// Pillow's `alpha_composite` over opaque white.
  private static func onWhite(_ rgba: [UInt8]) -> [UInt8] {
    var rgb = [UInt8](repeating: 0, count: rgba.count / 4 * 3)
    for pixel in 0..<(rgba.count / 4) {
      let alpha = UInt32(rgba[4 * pixel + 3])
      for channel in 0..<3 {
        let value = UInt32(rgba[4 * pixel + channel])
        // Seven bits after the point, as it computes.
        let sum = (value * alpha + 255 * (255 - alpha) + 128) << 7
        rgb[3 * pixel + channel] = alpha == 0 ? 255 : UInt8(((sum >> 8) + sum) >> 15)
      }
    }
    return rgb
  }
}
