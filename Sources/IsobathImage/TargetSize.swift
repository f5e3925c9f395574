// SPDX-License-Identifier: GPL-3.0-or-later

/// What a processor resizes to: the forms that `size` takes.
enum TargetSize: Sendable, Equatable {
  case exactly(ImageSize)
  /// The shorter edge gets this length, the other follows; rounded down.
  case shortestEdge(Int)
  /// The same unless the longer edge would pass a bound.
  case edges(shortest: Int, longest: Int)
  /// As large as fits.
  case within(ImageSize)
  /// The longer edge gets this length.
  case longestEdge(Int)

  static func square(_ side: Int) -> TargetSize {
    .exactly(ImageSize(width: side, height: side))
  }

  /// - Parameter square: whether a bare number is a square's side, and not the shortest edge.
  init(
    _ keys: inout ProcessorKeys, _ key: String = "size", square: Bool, default absent: TargetSize
  ) throws(ImageError) {
    if let side = try keys.bareLength(key) {
      self = square ? .square(side) : .shortestEdge(side)
      return
    }
    guard var size = try keys.nested(key) else {
      self = absent
      return
    }
    let form = (
      try size.length("shortest_edge"), try size.length("longest_edge"),
      try size.length("height"), try size.length("width"),
      try size.length("max_height"), try size.length("max_width")
    )
    try size.finish()
    switch form {
    case (nil, nil, let height?, let width?, nil, nil):
      self = .exactly(ImageSize(width: width, height: height))
    case (let shortest?, nil, nil, nil, nil, nil): self = .shortestEdge(shortest)
    case (let shortest?, let longest?, nil, nil, nil, nil):
      self = .edges(shortest: shortest, longest: longest)
    case (nil, let longest?, nil, nil, nil, nil): self = .longestEdge(longest)
    case (nil, nil, nil, nil, let height?, let width?):
      self = .within(ImageSize(width: width, height: height))
    default:
      throw keys.refuse(
        key, "another set of keys",
        supported: "height and width, shortest_edge, longest_edge, max_height and max_width")
    }
  }

  /// The extents that a picture gets, each at least 1.
  func callAsFunction(_ size: ImageSize) -> ImageSize {
    switch self {
    case .exactly(let size): size
    case .shortestEdge(let length): TargetSize.shortest(size, length)
    case .edges(let shortest, let longest): TargetSize.bounded(size, shortest, longest)
    case .within(let box):
      TargetSize.scaled(
        size,
        by: min(
          Double(box.height) / Double(size.height), Double(box.width) / Double(size.width)))
    case .longestEdge(let length): TargetSize.longest(size, length)
    }
  }

  private static func scaled(_ size: ImageSize, by factor: Double) -> ImageSize {
    ImageSize(
      width: max(1, Int(Double(size.width) * factor)),
      height: max(1, Int(Double(size.height) * factor)))
  }

  private static func shortest(_ size: ImageSize, _ length: Int) -> ImageSize {
    // In this order, as the reference: the product is exact, the quotient rounded once.
    let (short, long) = (min(size.width, size.height), max(size.width, size.height))
    let other = Int(Double(length * long) / Double(short))
    return size.width <= size.height
      ? ImageSize(width: length, height: other) : ImageSize(width: other, height: length)
  }

  private static func bounded(_ size: ImageSize, _ shortest: Int, _ longest: Int) -> ImageSize {
    let (short, long) = (
      Double(min(size.width, size.height)), Double(max(size.width, size.height))
    )
    var raw = Double(shortest)
    if long / short * Double(shortest) > Double(longest) { raw = Double(longest) * short / long }
    let length = max(1, Int(raw.rounded(.toNearestOrEven)))
    if Int(short) == length { return size }
    let (width, height) = (Double(size.width), Double(size.height))
    return size.width < size.height
      ? ImageSize(width: length, height: max(1, Int(raw * height / width)))
      : ImageSize(width: max(1, Int(raw * width / height)), height: length)
  }

  /// Idefics3: the shorter edge is rounded up to an even length; nothing is over 4096.
  private static func longest(_ size: ImageSize, _ length: Int) -> ImageSize {
    func other(_ aspect: Double, _ long: Int, _ isWide: Bool) -> Int {
      Int(isWide ? Double(long) / aspect : Double(long) * aspect)
    }
    let isWide = size.width >= size.height
    let aspect = Double(size.width) / Double(size.height)
    let short = other(aspect, length, isWide)
    var (a, b) = (length, max(1, short + short % 2))
    // The short edge may have become the longer one by its rounding.
    let (width, height) = isWide ? (a, b) : (b, a)
    let most = 4096
    guard max(width, height) > most else { return ImageSize(width: width, height: height) }
    let ratio = Double(width) / Double(height)
    (a, b) = (most, max(1, other(ratio, most, width >= height)))
    return width >= height ? ImageSize(width: a, height: b) : ImageSize(width: b, height: a)
  }
}
