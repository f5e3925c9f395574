// SPDX-License-Identifier: GPL-3.0-or-later

/// Idefics3 and SmolVLM: a large picture is cut into square tiles, and the whole is shown once more,
/// made small, after them.
struct Idefics3Processor: ProcessorKind {
  static let names: Set = ["Idefics3ImageProcessor", "SmolVLMImageProcessor"]

  let normalisation: Normalisation
  let isMasked: Bool
  private let size: TargetSize?
  private let filter: Resampling
  private let backend: ImageBackend
  /// The side of a tile.
  private let side: Int
  private let isSplit: Bool

  init(_ keys: inout ProcessorKeys) throws(ImageError) {
    let target = try TargetSize(&keys, square: true, default: .longestEdge(4 * 364))
    switch target {
    case .exactly, .longestEdge: break
    default: throw keys.refuse("size", "another form", supported: "longest_edge, height and width")
    }
    backend = keys.backend
    filter = try keys.resampling(default: .lanczos)
    size = try keys.bool("do_resize", default: true) ? target : nil
    isSplit = try keys.bool("do_image_splitting", default: true)
    isMasked = try keys.bool("do_pad", default: true)
    let tile = try TargetSize(&keys, "max_image_size", square: true, default: .longestEdge(364))
    guard case .longestEdge(let side) = tile else {
      throw keys.refuse("max_image_size", "another form", supported: "longest_edge")
    }
    self.side = side
    normalisation = try Normalisation(
      &keys, mean: ChannelStatistics.half, deviation: ChannelStatistics.half)
  }

  func tiles(_ picture: Pixels, limit: Int) throws(ImageError) -> Tiling {
    var picture = picture
    if let size {
      picture = try picture.resized(to: size(picture.size), filter, backend, limit: limit)
    }
    let tile = ImageSize(width: side, height: side)
    try picture.check(tile, limit)
    guard isSplit else { return Tiling(tiles: [picture.resized(to: tile, filter, backend)]) }
    picture = try picture.resized(to: whole(picture.size), filter, backend, limit: limit)
    if picture.size == tile { return Tiling(tiles: [picture]) }
    let (rows, columns) = (picture.height / side, picture.width / side)
    var tiles = (0..<(rows * columns)).map { index in
      picture.framed(tile, column: index % columns * side, row: index / columns * side)
    }
    tiles.append(picture.resized(to: tile, filter, backend))
    return Tiling(tiles: tiles, rows: rows, columns: columns)
  }

  /// The extents rounded up to whole tiles: the longer edge first, the other from it.
  private func whole(_ size: ImageSize) -> ImageSize {
    let aspect = Double(size.width) / Double(size.height)
    if size.width >= size.height {
      let width = ceiling(size.width)
      return ImageSize(width: width, height: ceiling(Int(Double(width) / aspect)))
    }
    let height = ceiling(size.height)
    return ImageSize(width: ceiling(Int(Double(height) * aspect)), height: height)
  }

  private func ceiling(_ length: Int) -> Int { max(1, (length + side - 1) / side) * side }
}
