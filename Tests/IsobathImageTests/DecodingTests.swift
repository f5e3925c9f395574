// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathImage
import IsobathTestSupport
import Testing

/// Files against what Pillow reads.
@Suite struct DecodingTests {
  private func compare(_ ending: String, _ tolerance: Double) throws {
    let reference = try Reference("pixels")
    let worst = WorstError("pixels of \(ending) files", tolerance: tolerance)
    var count = 0
    for (name, expected) in reference.tensors where name.contains(ending) {
      let file = name.replacing(".white", with: "")
      let pixels = try Images.pixels(file, file == name ? .dropped : .onWhite)
      #expect(expected.shape == [pixels.height, pixels.width, 3], "\(name)")
      for (found, wanted) in zip(pixels.bytes, expected.bytes) {
        worst.record(Double(found) - Double(wanted), at: name)
      }
      count += 1
    }
    #expect(count > 10)
    worst.check()
  }

  @Test func jpegFilesAreWhatPillowReads() throws { try compare(".jpg", Tolerances.jpeg) }
  @Test func pngFilesAreWhatPillowReads() throws { try compare(".png", Tolerances.png) }

  @Test(
    arguments: [
      ("exif-1.jpg", []), ("exif-6.jpg", [.turned(.needsClockwise)]),
      ("xmp-5.png", [.turned(.transposed)]), ("rgba.png", [.transparencyDropped]),
      ("rgb-key.png", [.transparencyDropped]), ("animated.png", [.firstFrame]), ("rgb.png", []),
    ] as [(String, [PixelNote])])
  func notesSayWhatWasChanged(_ name: String, _ notes: [PixelNote]) throws {
    #expect(try Images.pixels(name).notes == notes)
    for note in notes { #expect(!"\(note)".isEmpty) }
  }

  @Test func clippedGreyIsCounted() throws {
    let pixels = try Images.pixels("grey-16.png")
    let clipped = stride(from: 0, to: pixels.bytes.count, by: 3).count { pixels.bytes[$0] == 255 }
    guard case .greyClipped(let count)? = pixels.notes.first else {
      Issue.record("no note: \(pixels.notes)")
      return
    }
    #expect(count > 10 && count <= clipped)
  }

  @Test func aTransparentPictureLaidOnWhiteHasNoNote() throws {
    #expect(try Images.pixels("rgba.png", .onWhite).notes.isEmpty)
  }
}
