// SPDX-License-Identifier: GPL-3.0-or-later

/// From bytes to what an encoder takes: `(value · factor − mean) / deviation`, in the reference's order
/// and precision, so that results are the same float32.
struct Normalisation: Sendable {
  /// The mean of each channel, whether it is subtracted or not: LLaVA pads with it.
  let mean: [Double]
  /// What each of the 256 bytes becomes, for each channel.
  private let tables: [[Float]]

  /// - Parameters:
  ///   - mean: the kind's own, for files that say nothing.
  ///   - deviation: the kind's own.
  init(
    _ keys: inout ProcessorKeys, mean: [Double], deviation: [Double]
  ) throws(ImageError) {
    let isRescaled = try keys.bool("do_rescale", default: true)
    let factor = try keys.double("rescale_factor", default: 1.0 / 255)
    let isNormalised = try keys.bool("do_normalize", default: true)
    let mean = try keys.channels("image_mean", default: mean)
    let deviation = try keys.channels("image_std", default: deviation)
    guard deviation.allSatisfy({ Float($0) != 0 }) else {
      throw .processor(
        .outOfRange(key: "image_std", found: "0", expected: "numbers other than 0"),
        path: keys.path)
    }
    guard factor != 0 else {
      throw .processor(
        .outOfRange(key: "rescale_factor", found: "0", expected: "a number other than 0"),
        path: keys.path)
    }
    self.mean = mean
    let backend = keys.backend
    tables = (0..<3).map { channel in
      let (mean, deviation) = (Float(mean[channel]), Float(deviation[channel]))
      return (0..<256).map { byte in
        switch (isRescaled, isNormalised) {
        case (false, false): Float(byte)
        case (false, true): (Float(byte) - mean) / deviation
        case (true, false):
          backend == .pillow ? Float(Double(byte) * factor) : Float(byte) * Float(factor)
        case (true, true):
          backend == .pillow
            ? (Float(Double(byte) * factor) - mean) / deviation
              // Torchvision's brings mean and deviation to the scale of bytes.
            : (Float(byte) - mean * Float(1 / factor)) / (deviation * Float(1 / factor))
        }
      }
    }
  }

  /// The picture as three planes: all of red, all of green, all of blue.
  func callAsFunction(_ picture: Pixels) -> [Float] {
    let count = picture.size.pixels
    return [Float](unsafeUninitializedCapacity: 3 * count) { planes, filled in
      picture.bytes.withUnsafeBufferPointer { bytes in
        for channel in 0..<3 {
          tables[channel].withUnsafeBufferPointer { table in
            for pixel in 0..<count {
              planes.initializeElement(
                at: channel * count + pixel, to: table[Int(bytes[3 * pixel + channel])])
            }
          }
        }
      }
      filled = 3 * count
    }
  }
}

/// Means and deviations that vision models were trained with.
enum ChannelStatistics {
  static let clipMean = [0.48145466, 0.4578275, 0.40821073]
  static let clipDeviation = [0.26862954, 0.26130258, 0.27577711]
  static let half = [0.5, 0.5, 0.5]
}
