// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathImage
import IsobathTestSupport
import Testing

/// Sizes, frames and turns.
@Suite struct ResizingTests {
  @Test func everyFilterIsPillowsBitForBit() throws {
    let worst = WorstError("resized pictures", tolerance: Tolerances.resized)
    let reference = try Reference("resized")
    #expect(reference.tensors.count == 80)
    for (name, expected) in reference.tensors {
      let parts = name.split(separator: ".").map(String.init)
      let (file, method) = (parts[0] + "." + parts[1], parts[2])
      let lengths = parts[3].split(separator: "x").compactMap { Int($0) }
      let size = ImageSize(width: lengths[0], height: lengths[1])
      let picture = try Images.pixels(file)
      let resized =
        try method == "thumbnail"
        ? picture.thumbnail(within: size)
        : picture.resized(to: size, #require(Int(method).flatMap(Resampling.init(rawValue:))))
      #expect(expected.shape == [resized.height, resized.width, 3], "\(name)")
      for (found, wanted) in zip(resized.bytes, expected.bytes) {
        worst.record(Double(found) - Double(wanted), at: name)
      }
    }
    worst.check()
  }

  @Test func aPlainPictureStaysPlain() {
    let size = ImageSize(width: 9, height: 5)
    let plain = Pixels(size: size, bytes: Array(repeating: 200, count: 135), path: "plain")
    for filter in Resampling.allCases {
      let resized = plain.resized(to: ImageSize(width: 4, height: 31), filter)
      #expect(resized.bytes.allSatisfy { $0 == 200 }, "\(filter)")
    }
  }

  @Test func aQuarterTurnIsClockwise() {
    let picture = Images.numbered(3, 2)
    let turned = picture.rotated(quarterTurns: 1)
    #expect(turned.size == ImageSize(width: 2, height: 3))
    // The upper left corner comes from the lower left one, the upper right from the upper left.
    #expect(Array(turned.bytes[0..<3]) == Array(picture.bytes[9..<12]))
    #expect(Array(turned.bytes[3..<6]) == Array(picture.bytes[0..<3]))
  }

  @Test func turnsAddUp() {
    let picture = Images.numbered(5, 3)
    #expect(picture.rotated(quarterTurns: 4).bytes == picture.bytes)
    #expect(
      picture.rotated(quarterTurns: 1).rotated(quarterTurns: 1).bytes
        == picture.rotated(quarterTurns: -2).bytes)
    #expect(
      picture.rotated(quarterTurns: 3).bytes == picture.rotated(quarterTurns: -1).bytes)
    #expect(picture.mirrored().mirrored().bytes == picture.bytes)
    #expect(picture.mirrored().bytes != picture.bytes)
  }

  @Test func aPictureComesBackFromItsPNG() throws {
    let picture = try Images.pixels("rgb.png")
    let file = try picture.png()
    #expect(try picture.png() == file)
    let again = try Pixels.decode(file, path: "written.png")
    #expect(again.size == picture.size)
    #expect(again.bytes == picture.bytes)
  }
}
