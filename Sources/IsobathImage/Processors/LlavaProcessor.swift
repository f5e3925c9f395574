// SPDX-License-Identifier: GPL-3.0-or-later

/// LLaVA: as CLIP; with `do_pad` the picture is first laid in the middle of a square of the mean colour.
struct LlavaProcessor: ProcessorKind {
  static let names: Set = ["LlavaImageProcessor"]

  let normalisation: Normalisation
  private let steps: PlainSteps
  private let isPadded: Bool

  init(_ keys: inout ProcessorKeys) throws(ImageError) {
    steps = try PlainSteps(
      &keys, size: .shortestEdge(224), square: false, filter: .bicubic, crop: 224)
    normalisation = try Normalisation(
      &keys, mean: ChannelStatistics.clipMean, deviation: ChannelStatistics.clipDeviation)
    isPadded = try keys.bool("do_pad", default: false)
    // It is not looked at: the square has the longer edge's length.
    _ = try TargetSize(&keys, "pad_size", square: true, default: .square(1))
    guard !isPadded || normalisation.mean.allSatisfy({ (0...1).contains($0) }) else {
      throw .processor(
        .outOfRange(
          key: "image_mean", found: "\(normalisation.mean)",
          expected: "0 to 1, a colour to pad with"),
        path: keys.path)
    }
  }

  func tiles(_ picture: Pixels, limit: Int) throws(ImageError) -> Tiling {
    guard isPadded else { return Tiling(tiles: [try steps(picture, limit: limit)]) }
    // A wide and flat picture makes a large square.
    let side = max(picture.width, picture.height)
    try picture.check(ImageSize(width: side, height: side), max(limit, picture.size.pixels))
    let mean = normalisation.mean.map { UInt8($0 * 255) }
    return Tiling(tiles: [try steps(picture.squared((mean[0], mean[1], mean[2])), limit: limit)])
  }
}
