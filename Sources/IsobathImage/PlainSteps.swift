// SPDX-License-Identifier: GPL-3.0-or-later

/// What most processors do with the pixels: resize, then cut out the middle.
struct PlainSteps: Sendable {
  private let size: TargetSize?
  private let filter: Resampling
  private let crop: ImageSize?
  private let backend: ImageBackend

  /// - Parameters:
  ///   - size: the kind's own, for files that say nothing.
  ///   - square: whether a bare number as size is a square's side.
  ///   - filter: the kind's own.
  ///   - crop: the side of the middle that is cut out, nil when the kind does not.
  init(
    _ keys: inout ProcessorKeys, size: TargetSize, square: Bool, filter: Resampling, crop: Int?
  ) throws(ImageError) {
    let isSquare = try keys.bool("default_to_square", default: square)
    let target = try TargetSize(&keys, square: isSquare, default: size)
    if case .longestEdge = target {
      throw keys.refuse("size", "longest_edge alone", supported: "shortest_edge, height and width")
    }
    self.filter = try keys.resampling(default: filter)
    backend = keys.backend
    self.size = try keys.bool("do_resize", default: true) ? target : nil
    let isCropped = try keys.bool("do_center_crop", default: crop != nil)
    self.crop = try PlainSteps.crop(&keys, crop, isCropped)
  }

  private static func crop(
    _ keys: inout ProcessorKeys, _ absent: Int?, _ isCropped: Bool
  ) throws(ImageError) -> ImageSize? {
    // What a frame would be of no size is replaced below.
    let none = ImageSize(width: 0, height: 0)
    let given = try TargetSize(
      &keys, "crop_size", square: true, default: absent.map(TargetSize.square) ?? .exactly(none))
    guard isCropped else { return nil }
    guard case .exactly(let frame) = given else {
      throw keys.refuse("crop_size", "an edge", supported: "height and width")
    }
    guard frame != none else { throw .processor(.missing(key: "crop_size"), path: keys.path) }
    return frame
  }

  func callAsFunction(_ picture: Pixels, limit: Int) throws(ImageError) -> Pixels {
    var picture = picture
    if let size {
      picture = try picture.resized(to: size(picture.size), filter, backend, limit: limit)
    }
    guard let crop else { return picture }
    try picture.check(crop, limit)
    return picture.centreCropped(crop, backend)
  }
}

extension Pixels {
  /// Refuses a result of more pixels than are made.
  func check(_ size: ImageSize, _ limit: Int) throws(ImageError) {
    guard size.pixels <= limit else {
      throw .resultTooLarge(path: path, size: size, limit: limit)
    }
  }

  /// Resizes, within a limit; so is what stands between the two axes.
  func resized(
    to size: ImageSize, _ filter: Resampling, _ backend: ImageBackend, limit: Int
  ) throws(ImageError) -> Pixels {
    try check(size, limit)
    try check(halfway(to: size, backend), max(limit, self.size.pixels))
    return resized(to: size, filter, backend)
  }
}
