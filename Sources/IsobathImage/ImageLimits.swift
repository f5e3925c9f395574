// SPDX-License-Identifier: GPL-3.0-or-later

/// How much of an image file is taken: a small file can ask for any amount of memory and time.
package struct ImageLimits: Sendable {
  /// Bytes of a file.
  package var fileBytes: Int
  /// Pixels of a picture as it is stored: width times height.
  package var pixels: Int
  /// Pixels of all pictures that a processor makes of one.
  package var processedPixels: Int
  /// Scans of a JPEG: each goes over the whole picture again.
  package var scans: Int
  /// Bytes that libjpeg may take beside the pixels.
  package var decoderBytes: Int

  package init(
    fileBytes: Int = 1 << 28, pixels: Int = 178_956_970, processedPixels: Int = 1 << 25,
    scans: Int = 100, decoderBytes: Int = 1 << 30
  ) {
    self.fileBytes = fileBytes
    self.pixels = pixels
    self.processedPixels = processedPixels
    self.scans = scans
    self.decoderBytes = decoderBytes
  }

  /// 256 MiB of file, 178 956 970 pixels (where Pillow calls it a bomb), 33 554 432 pixels of processed
  /// pictures (a picture of SmolVLM's largest size has half of that), 100 scans, 1 GiB for libjpeg.
  package static let standard = ImageLimits()
}
