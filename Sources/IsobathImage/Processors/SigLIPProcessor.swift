// SPDX-License-Identifier: GPL-3.0-or-later

/// SigLIP: to a square, whatever the proportions.
struct SigLIPProcessor: ProcessorKind {
  static let names: Set = ["SiglipImageProcessor"]

  let normalisation: Normalisation
  private let steps: PlainSteps

  init(_ keys: inout ProcessorKeys) throws(ImageError) {
    steps = try PlainSteps(
      &keys, size: .square(224), square: false, filter: .bicubic, crop: nil)
    normalisation = try Normalisation(
      &keys, mean: ChannelStatistics.half, deviation: ChannelStatistics.half)
    try keys.refusePadding()
  }

  func tiles(_ picture: Pixels, limit: Int) throws(ImageError) -> Tiling {
    Tiling(tiles: [try steps(picture, limit: limit)])
  }
}
