// SPDX-License-Identifier: GPL-3.0-or-later

/// Elements that do not lie in the order of their indices: transposed, cut out, or spread.
struct Strides {
  private let shape: [Int]
  /// How far apart neighbours of each dimension are, in elements.
  private let strides: [Int]
  /// Bytes per element.
  private let size: Int

  init(_ shape: [Int], _ strides: [Int], size: Int) {
    self.shape = shape
    self.strides = strides
    self.size = size
  }

  /// Copies some elements, counted in the order of their indices, to consecutive places.
  ///
  /// - Parameters:
  ///   - source: the tensor's first element.
  ///   - target: room for them all.
  func gather(
    _ elements: Range<Int>, from source: UnsafeRawPointer, into target: UnsafeMutableRawPointer
  ) {
    guard let width = shape.last, let step = strides.last else {
      target.copyMemory(from: source, byteCount: size)
      return
    }
    var at = elements.lowerBound
    var target = target
    while at < elements.upperBound {
      let column = at % width
      let count = min(width - column, elements.upperBound - at)
      var from = source + (offset(ofRow: at / width) + column * step) * size
      for _ in 0..<count {
        target.copyMemory(from: from, byteCount: size)
        target += size
        from += step * size
      }
      at += count
    }
  }

  /// Some elements in consecutive places, for the time of a call.
  func withGathered(
    _ elements: Range<Int>, from source: UnsafeRawPointer, _ body: (UnsafeRawPointer) -> Void
  ) {
    let scratch = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(1, elements.count * size), alignment: 8)
    defer { scratch.deallocate() }
    guard let base = scratch.baseAddress else { return }
    gather(elements, from: source, into: base)
    body(base)
  }

  /// Where a row of the innermost dimension begins, rows counted through all dimensions before it.
  private func offset(ofRow row: Int) -> Int {
    var (rest, offset) = (row, 0)
    for (extent, stride) in zip(shape, strides).dropLast().reversed() {
      offset += rest % extent * stride
      rest /= extent
    }
    return offset
  }
}
