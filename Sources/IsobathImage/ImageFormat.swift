// SPDX-License-Identifier: GPL-3.0-or-later

/// The formats that are read, told by a file's first bytes and not by its name.
package enum ImageFormat: String, Sendable, CustomStringConvertible {
  case jpeg = "JPEG"
  case png = "PNG"

  package var description: String { rawValue }

  /// The format of a file's bytes.
  ///
  /// - Throws: `notRead`, which says what the file is instead.
  static func of(_ bytes: [UInt8], path: String) throws(ImageError) -> ImageFormat {
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .png }
    let kind = stranger(bytes)
    throw .notRead(path: path, kind: kind.name, advice: kind.advice)
  }

  private static let convert = "convert it to PNG or JPEG"
  private static let fetch = "download the image itself"

  /// Other things that come in place of images: where their mark stands, and what they are.
  private static let strangers: [(at: Int, mark: String, name: String, advice: String)] = [
    (0, "GIF87a", "a GIF image", convert), (0, "GIF89a", "a GIF image", convert),
    (8, "WEBP", "a WebP image", convert), (0, "BM", "a BMP image", convert),
    (0, "II*\0", "a TIFF image", convert), (0, "MM\0*", "a TIFF image", convert),
    (4, "ftypavif", "an AVIF image", convert), (4, "ftypheic", "a HEIC image", convert),
    (4, "ftyp", "a HEIC, AVIF or video file", convert),
    (4, "jP  ", "a JPEG 2000 image", convert), (4, "JXL ", "a JPEG XL image", convert),
    (0, "8BPS", "a Photoshop file", convert), (0, "%PDF", "a PDF document", convert),
    (0, "PK\u{3}\u{4}", "a ZIP archive", "unpack it"),
    (0, "version https://git-lfs", "a Git LFS pointer, not the image", "run git lfs pull"),
    (0, "{", "JSON text, not an image", fetch), (0, "[", "JSON text, not an image", fetch),
  ]

  private static func stranger(_ bytes: [UInt8]) -> (name: String, advice: String) {
    if bytes.isEmpty { return ("an empty file", fetch) }
    if bytes.starts(with: [0xFF, 0x0A]) { return ("a JPEG XL image", convert) }
    if bytes.starts(with: [0, 0, 1, 0]) { return ("an ICO image", convert) }
    let markup = bytes.prefix(64).drop { [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
    if markup.first == UInt8(ascii: "<") { return textKind(bytes) }
    let known = strangers.first { bytes.dropFirst($0.at).starts(with: $0.mark.utf8) }
    if let known { return (known.name, known.advice) }
    return ("neither JPEG nor PNG", "check the path, or convert the image to PNG or JPEG")
  }

  private static func textKind(_ bytes: [UInt8]) -> (name: String, advice: String) {
    let start = String(decoding: bytes.prefix(1024), as: UTF8.self).lowercased()
    if start.contains("<svg") { return ("an SVG drawing", convert) }
    if start.contains("<html") || start.contains("<!doctype") {
      return ("a web page, not an image", fetch)
    }
    return ("XML text, not an image", fetch)
  }
}
