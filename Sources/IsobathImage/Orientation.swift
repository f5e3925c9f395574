// SPDX-License-Identifier: GPL-3.0-or-later

/// How a stored picture is to be turned to stand upright: EXIF's eight cases.
package enum Orientation: Int, Sendable, CaseIterable {
  case upright = 1
  case mirrored = 2
  case upsideDown = 3
  case flipped = 4
  case transposed = 5
  case needsClockwise = 6
  case transversed = 7
  case needsCounterclockwise = 8

  /// What the blocks of a file say, EXIF before XMP, as Pillow looks for it. A value that EXIF does not
  /// know turns nothing.
  ///
  /// - Parameters:
  ///   - exif: a TIFF header and its directories, nil when the file has none.
  ///   - xmp: the packet's text.
  init(exif: [UInt8]?, xmp: [UInt8]?) throws(ExifProblem) {
    if let exif, let value = try Exif(exif)?.orientation() {
      self = Orientation(rawValue: value) ?? .upright
    } else {
      self = xmp.flatMap(Orientation.inPacket).flatMap(Orientation.init(rawValue:)) ?? .upright
    }
  }

  /// The digit after `tiff:Orientation="` or `tiff:Orientation>`.
  private static func inPacket(_ xmp: [UInt8]) -> Int? {
    let name = Array("tiff:Orientation".utf8)
    guard xmp.count > name.count else { return nil }
    for start in 0..<(xmp.count - name.count) where xmp[start...].starts(with: name) {
      let rest = xmp[(start + name.count)...]
      let skipped = rest.starts(with: Array("=\"".utf8)) ? 2 : rest.first == 0x3E ? 1 : 0
      guard skipped > 0, let digit = rest.dropFirst(skipped).first,
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit)
      else { continue }
      return Int(digit - UInt8(ascii: "0"))
    }
    return nil
  }
}

/// Why an EXIF block says nothing.
enum ExifProblem: Error, Equatable, CustomStringConvertible {
  case notTIFF

  var description: String {
    "its EXIF block does not begin as TIFF, so which side is up is unknown"
  }
}

/// The first directory of an EXIF block, read only inside its bounds.
struct Exif {
  private let bytes: [UInt8]
  private let isBigEndian: Bool

  /// - Returns: nil for an empty block.
  init?(_ block: [UInt8]) throws(ExifProblem) {
    var block = block[...]
    // Some writers name the block twice.
    for _ in 0..<2 where block.starts(with: Array("Exif\0\0".utf8)) { block = block.dropFirst(6) }
    guard !block.isEmpty else { return nil }
    let (little, big) = (Array("II".utf8), Array("MM".utf8))
    let magic = Array(block.dropFirst(2).prefix(2))
    guard block.starts(with: little) || block.starts(with: big),
      magic == [42, 0] || magic == [0, 42]
    else { throw .notTIFF }
    isBigEndian = block.starts(with: big)
    bytes = Array(block)
  }

  private func number(_ at: Int, _ count: Int) -> Int? {
    guard at >= 0, at <= bytes.count - count else { return nil }
    let part = bytes[at..<(at + count)]
    return isBigEndian
      ? part.reduce(0) { $0 << 8 | Int($1) } : part.reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  /// The value of tag 0x0112 in the first directory; nil when it is not there, or the directory ends
  /// before it. Only whole numbers count, and of several the first.
  func orientation() -> Int? {
    guard let start = number(4, 4), let entries = number(start, 2) else { return nil }
    for entry in 0..<entries {
      let at = start + 2 + 12 * entry
      guard let tag = number(at, 2), let type = number(at + 2, 2), let count = number(at + 4, 4),
        let offset = number(at + 8, 4)
      else { return nil }
      // Unsigned and signed numbers of 2 and 4 bytes.
      let sizes = [3: 2, 4: 4, 8: 2, 9: 4]
      guard tag == 0x0112, count > 0, let size = sizes[type] else { continue }
      let place = size * count > 4 ? offset : at + 8
      guard place <= bytes.count - size * count else { continue }
      return number(place, size)
    }
    return nil
  }
}
