// SPDX-License-Identifier: GPL-3.0-or-later

/// CLIP: the shortest edge to a length, then the middle.
struct CLIPProcessor: ProcessorKind {
  static let names: Set = ["CLIPImageProcessor"]

  let normalisation: Normalisation
  private let steps: PlainSteps

  init(_ keys: inout ProcessorKeys) throws(ImageError) {
    steps = try PlainSteps(
      &keys, size: .shortestEdge(224), square: false, filter: .bicubic, crop: 224)
    normalisation = try Normalisation(
      &keys, mean: ChannelStatistics.clipMean, deviation: ChannelStatistics.clipDeviation)
    try keys.refusePadding()
  }

  func tiles(_ picture: Pixels, limit: Int) throws(ImageError) -> Tiling {
    Tiling(tiles: [try steps(picture, limit: limit)])
  }
}

extension ProcessorKeys {
  /// Padding to the largest picture of a batch would make a picture depend on its neighbours.
  mutating func refusePadding() throws(ImageError) {
    if try bool("do_pad", default: false) { throw refuse("do_pad", "true", supported: "false") }
    // It says to where, which does not matter then.
    _ = try TargetSize(&self, "pad_size", square: true, default: .square(1))
  }
}
