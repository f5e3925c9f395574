// SPDX-License-Identifier: GPL-3.0-or-later
@testable import FuzzSupport
@testable import IsobathImage
@testable import IsobathJSON

/// An image processor's description, and what it makes of a small picture.
let picture = Pixels(
  size: ImageSize(width: 13, height: 7), bytes: (0..<273).map { UInt8($0 & 255) }, path: "image")
let limits = ImageLimits(processedPixels: 1 << 16)

func read(_ bytes: [UInt8], _ name: String) throws(ImageError) {
  let document: JSONDocument
  do throws(JSONError) { document = try JSONDocument(bytes) } catch {
    throw .json(error, path: "preprocessor_config.json")
  }
  let processor = try ImageProcessor(
    document.root, path: "preprocessor_config.json", name: name, limits: limits)
  let processed = try processor(picture)
  precondition(processed.tiles.allSatisfy { $0.count == 3 * processed.size.pixels })
}

Fuzzer.run { bytes in
  for name in ImageProcessor.names {
    do throws(ImageError) { try read(Array(bytes), name) } catch { Reading.check(error) }
  }
}
