// SPDX-License-Identifier: GPL-3.0-or-later

/// ViT: to a square, whatever the proportions, bilinear.
struct ViTProcessor: ProcessorKind {
  static let names: Set = ["ViTImageProcessor"]

  let normalisation: Normalisation
  private let steps: PlainSteps

  init(_ keys: inout ProcessorKeys) throws(ImageError) {
    steps = try PlainSteps(
      &keys, size: .square(224), square: true, filter: .bilinear, crop: nil)
    normalisation = try Normalisation(
      &keys, mean: ChannelStatistics.half, deviation: ChannelStatistics.half)
    try keys.refusePadding()
  }

  func tiles(_ picture: Pixels, limit: Int) throws(ImageError) -> Tiling {
    Tiling(tiles: [try steps(picture, limit: limit)])
  }
}
