// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a tensor is and what it holds.
package struct TensorInfo: Sendable, Equatable {
  package let name: String
  /// Outermost dimension first.
  package let shape: [Int]
  package let type: ElementType
  /// Which of the checkpoint's files it is in.
  package let file: Int
  /// Its bytes in that file, from its first element to its last.
  package let bytes: Range<Int>
  /// How far apart neighbours of each dimension are, in elements; nil when the elements lie in the
  /// order of their indices.
  package let strides: [Int]?

  init(
    name: String, shape: [Int], type: ElementType, file: Int, bytes: Range<Int>,
    strides: [Int]? = nil
  ) {
    self.name = name
    self.shape = shape
    self.type = type
    self.file = file
    self.bytes = bytes
    self.strides = strides
  }

  /// The number of elements. The readers have checked that the product does not overflow.
  package var count: Int { shape.reduce(1, *) }
}

/// Sizes without surprises: nil on overflow or a negative part.
enum Checked {
  static func product(_ factors: [Int]) -> Int? {
    var result = 1
    // A zero must not hide that the others overflow, whatever their order is.
    for factor in factors where factor != 0 {
      let (value, overflow) = result.multipliedReportingOverflow(by: factor)
      guard !overflow, factor > 0 else { return nil }
      result = value
    }
    return factors.contains(0) ? 0 : result
  }

  static func sum(_ a: Int, _ b: Int) -> Int? {
    let (value, overflow) = a.addingReportingOverflow(b)
    return overflow ? nil : value
  }
}
