// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathTestSupport
import Testing

@testable import IsobathImage

/// Files that are not what they should be: each is refused in one line that names it.
@Suite struct HostileTests {
  private func refusal(
    _ bytes: [UInt8], _ name: String = "photo.jpg", _ limits: ImageLimits = .standard
  ) -> ImageError? {
    do throws(ImageError) {
      _ = try Pixels.decode(bytes, path: name, limits: limits)
      return nil
    } catch {
      let sentence = "\(error)"
      #expect(sentence.hasPrefix(name) && !sentence.contains("\n"), "\(sentence)")
      return error
    }
  }

  @Test(arguments: [
    ("GIF89a\u{1}", "a GIF image"), ("RIFF1234WEBPVP8 ", "a WebP image"), ("BM1234", "a BMP image"),
    ("II*\0\u{8}", "a TIFF image"), ("MM\0*\0", "a TIFF image"), ("0000ftypavif", "an AVIF image"),
    ("\n <!DOCTYPE html><html>", "a web page, not an image"), ("<svg xmlns=''>", "an SVG drawing"),
    ("<?xml version='1.0'?><a/>", "XML text, not an image"),
    ("{\"error\": 1}", "JSON text, not an image"),
    ("version https://git-lfs.github.com/spec/v1", "a Git LFS pointer, not the image"),
    ("", "an empty file"), ("hello", "neither JPEG nor PNG"), ("8BPS", "a Photoshop file"),
  ])
  func otherKindsAreNamed(_ text: String, _ kind: String) {
    guard case .notRead(_, let found, let advice)? = refusal(Array(text.utf8)) else {
      Issue.record("'\(text)' was read")
      return
    }
    #expect(found == kind)
    #expect(!advice.isEmpty)
  }

  /// What a file is called does not matter.
  @Test func aWrongExtensionIsRead() throws {
    #expect(refusal(try Images.bytes("rgb.png"), "photo.jpg") == nil)
    #expect(refusal(try Images.bytes("baseline.jpg"), "photo.png") == nil)
  }

  @Test(arguments: [
    "baseline.jpg", "progressive.jpg", "cmyk.jpg", "grey.jpg", "rgb.png", "interlaced.png",
    "palette-clear.png", "grey-16.png", "animated.png",
  ])
  func everyTruncationIsRefused(_ name: String) throws {
    let whole = try Images.bytes(name)
    #expect(refusal(whole) == nil)
    for count in 0..<whole.count {
      #expect(refusal(Array(whole[..<count])) != nil, "\(name) cut after \(count) bytes was read")
    }
  }

  /// Any one byte wrong: refused or read, and nothing worse.
  @Test(arguments: [
    "baseline.jpg", "progressive.jpg", "ycck.jpg", "exif-6.jpg", "rgba.png", "xmp-5.png",
  ])
  func everyChangedByteEndsWell(_ name: String) throws {
    var bytes = try Images.bytes(name)
    let limits = ImageLimits(pixels: 1 << 16)
    var refused = 0
    for at in bytes.indices {
      bytes[at] ^= 0xFF
      if refusal(bytes, name, limits) != nil { refused += 1 }
      bytes[at] ^= 0xFF
    }
    #expect(refused > 0 && refused <= bytes.count)
  }

  private static func big(_ number: UInt32) -> [UInt8] {
    withUnsafeBytes(of: number.bigEndian) { Array($0) }
  }

  /// A PNG's start that claims a size.
  private static func png(_ width: UInt32, _ height: UInt32) -> [UInt8] {
    let header = Array("IHDR".utf8) + big(width) + big(height) + [8, 2, 0, 0, 0]
    var crc: UInt32 = .max
    for byte in header {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    let data = Array("IDAT".utf8)
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + big(13) + header + big(~crc)
      + big(1 << 20) + data
  }

  @Test func claimedSizesAreRefusedBeforeAnythingIsTaken() throws {
    #expect(
      refusal(HostileTests.png(65535, 65535))
        == .tooManyPixels(path: "photo.jpg", width: 65535, height: 65535, limit: 178_956_970))
    // libpng's own limit on an edge.
    guard case .damaged(_, .png, let reason)? = refusal(HostileTests.png(1 << 30, 1)) else {
      Issue.record("2³⁰ × 1 was read")
      return
    }
    #expect(reason.contains("width"))
    var jpeg = try Images.bytes("baseline.jpg")
    let frame = try #require(jpeg.indices.first { jpeg[$0] == 0xFF && jpeg[$0 + 1] == 0xC0 })
    for at in (frame + 5)..<(frame + 9) { jpeg[at] = 0xFF }
    guard case .damaged(_, .jpeg, _)? = refusal(jpeg) else {
      Issue.record("65535² was read")
      return
    }
    for at in (frame + 5)..<(frame + 9) { jpeg[at] = 0xFD }
    guard case .tooManyPixels(_, 65021, 65021, _)? = refusal(jpeg) else {
      Issue.record("65021² was read")
      return
    }
  }

  @Test func limitsHold() throws {
    let progressive = try Images.bytes("progressive.jpg")
    #expect(
      refusal(progressive, "p.jpg", ImageLimits(scans: 3))
        == .damaged(path: "p.jpg", format: .jpeg, reason: "it has more than 3 scans"))
    #expect(
      refusal(progressive, "p.jpg", ImageLimits(decoderBytes: 1000))
        == .damaged(path: "p.jpg", format: .jpeg, reason: "decoding it takes too much memory"))
    #expect(
      refusal(progressive, "p.jpg", ImageLimits(pixels: 10239))
        == .tooManyPixels(path: "p.jpg", width: 64, height: 160, limit: 10239))
    #expect(throws: ImageError.self) {
      try Pixels.read(Images.path("rgb.png"), limits: ImageLimits(fileBytes: 100))
    }
  }

  @Test func thingsThatAreNoFilesAreRefused() throws {
    #expect(throws: ImageError.missing(path: "/no/such.jpg")) { try Pixels.read("/no/such.jpg") }
    let folder = Fixtures.path("images")
    #expect(throws: ImageError.unreadable(path: folder, reason: "it is a folder")) {
      try Pixels.read(folder)
    }
    #expect(throws: ImageError.unreadable(path: "/dev/zero", reason: "it is not a regular file")) {
      try Pixels.read("/dev/zero")
    }
  }

  @Test func namesThatControlATerminalAreSpelledOut() {
    let sentence = "\(ImageError.missing(path: "a\u{1B}[2J\nb"))"
    #expect(sentence.hasPrefix("a\\u{1b}[2J\\u{a}b"))
  }

  /// A strip that an edge of 512 would make a gigabyte.
  @Test func aPictureThatGrowsBeyondMeasureIsRefused() throws {
    let strip = Images.numbered(1, 30000)
    let processor = try ImageProcessor(
      Images.json("{\"image_processor_type\": \"CLIPImageProcessor\", \"size\": 512}"),
      path: "p.json")
    #expect(throws: ImageError.self) { try processor(strip) }
    let padding = try ImageProcessor(
      Images.json("{\"image_processor_type\": \"LlavaImageProcessor\", \"do_pad\": true}"),
      path: "p.json")
    #expect(throws: ImageError.self) { try padding(strip) }
  }
}
