// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import IsobathImage

/// EXIF blocks, sound and not.
@Suite struct OrientationTests {
  /// Little-endian; one entry of 12 bytes after the header and the count.
  private static func block(_ entry: [UInt8], offset: UInt8 = 8, count: UInt8 = 1) -> [UInt8] {
    Array("II*\0".utf8) + [offset, 0, 0, 0, count, 0] + entry
  }

  private static let six: [UInt8] = [0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0]

  @Test(
    arguments: [
      (block(six), .needsClockwise),
      // A directory that ends early, or lies outside; an entry of another type, or with a far value.
      (Array(block(six).dropLast()), .upright), (block(six, offset: 200), .upright),
      (block(Array(repeating: 0, count: 12) + six, count: 2), .needsClockwise),
      (block([0x12, 1, 2, 0, 1, 0, 0, 0, 6, 0, 0, 0]), .upright),
      (block([0x12, 1, 4, 0, 1, 0, 0, 0, 8, 0, 0, 0]), .needsCounterclockwise),
      (block([0x12, 1, 3, 0, 255, 255, 255, 255, 6, 0, 0, 0]), .upright),
      (block([0x12, 1, 3, 0, 3, 0, 0, 0, 10, 0, 0, 0]), .upright),
      (block([0x12, 1, 3, 0, 1, 0, 0, 0, 9, 0, 0, 0]), .upright),
      (block([0x12, 1, 3, 0, 0, 0, 0, 0, 6, 0, 0, 0]), .upright),
      // The first of two counts; the block's name may stand in it again.
      (block(six + [0x12, 1, 3, 0, 1, 0, 0, 0, 3, 0, 0, 0], count: 2), .needsClockwise),
      (Array("Exif\0\0".utf8) + block(six), .needsClockwise), ([], .upright),
    ] as [([UInt8], Orientation)])
  func blocksAreReadInsideTheirBounds(_ block: [UInt8], _ orientation: Orientation) throws {
    #expect(try Orientation(exif: block, xmp: nil) == orientation)
  }

  @Test func aBlockThatIsNotTIFFIsRefused() {
    #expect(throws: ExifProblem.notTIFF) { try Orientation(exif: Array("II".utf8), xmp: nil) }
    #expect(throws: ExifProblem.notTIFF) { try Orientation(exif: Array("XX*\0".utf8), xmp: nil) }
  }

  @Test(
    arguments: [
      ("tiff:Orientation=\"6\"", .needsClockwise), ("<tiff:Orientation>3<", .upsideDown),
      ("tiff:Orientation='6'", .upright), ("tiff:Orientation=\"", .upright), ("", .upright),
      ("tiff:Orientation tiff:Orientation>8", .needsCounterclockwise),
    ] as [(String, Orientation)])
  func packetsAreSearched(_ text: String, _ orientation: Orientation) throws {
    #expect(try Orientation(exif: nil, xmp: Array(text.utf8)) == orientation)
  }

  @Test func exifComesBeforeXMP() throws {
    let packet = Array("tiff:Orientation=\"3\"".utf8)
    #expect(
      try Orientation(exif: OrientationTests.block(OrientationTests.six), xmp: packet)
        == .needsClockwise)
    #expect(try Orientation(exif: [], xmp: packet) == .upsideDown)
  }
}
