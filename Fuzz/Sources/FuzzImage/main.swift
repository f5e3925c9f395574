// SPDX-License-Identifier: GPL-3.0-or-later
@testable import FuzzSupport
@testable import IsobathImage
@testable import IsobathJSON

/// An image file both ways that transparency is treated, and what a small tiling processor makes of it.
let limits = ImageLimits(
  pixels: 1 << 18, processedPixels: 1 << 18, scans: 20, decoderBytes: 1 << 26)
let description = """
  {"image_processor_type": "Idefics3ImageProcessor", "size": {"longest_edge": 48},
   "max_image_size": {"longest_edge": 16}}
  """
let processor = try ImageProcessor(
  JSONDocument(Array(description.utf8)).root, path: "preprocessor_config.json", limits: limits)

func read(_ bytes: [UInt8], _ transparency: Transparency) throws(ImageError) {
  let pixels = try Pixels.decode(
    bytes, path: "image", limits: limits, transparency: transparency)
  precondition(pixels.bytes.count == 3 * pixels.size.pixels)
  let processed = try processor(pixels.thumbnail(within: ImageSize(width: 96, height: 96)))
  precondition(processed.tiles.allSatisfy { $0.count == 3 * processed.size.pixels })
}

Fuzzer.run { bytes in
  for transparency in [Transparency.dropped, .onWhite] {
    do throws(ImageError) { try read(Array(bytes), transparency) } catch { Reading.check(error) }
  }
}
