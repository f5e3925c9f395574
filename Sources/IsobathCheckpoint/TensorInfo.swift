// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a tensor is and what it holds.
package struct TensorInfo: Sendable, Equatable {
  package let name: String
  /// Outermost dimension first.
  package let shape: [Int]
  package let type: ElementType
  /// Which of the checkpoint's files it is in.
  package let file: Int
  /// Its bytes in that file.
  package let bytes: Range<Int>

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
