// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// How a file spells what a family asks for.
package struct NameMap: Sendable {
  /// The stored name of a tensor.
  let stored: @Sendable (String) -> String
  /// The number of heads by which the rows of a tensor are permuted; nil when they are not.
  let heads: @Sendable (String) -> Int?
  /// Whether the file has the family's own layout. A converter to GGUF has transposed what is stored
  /// [in, out], stacked interleaved heads, and added what norms add to their weights.
  let isNative: Bool

  package init(
    stored: @escaping @Sendable (String) -> String, heads: @escaping @Sendable (String) -> Int?,
    isNative: Bool
  ) {
    self.stored = stored
    self.heads = heads
    self.isNative = isNative
  }

  /// The family's own names.
  package static let identity = NameMap(
    stored: { $0 }, heads: { _ in nil }, isNative: true)
}

extension Matrix {
  /// Undoes llama.cpp's order of rotary rows: within a head, row h · width/2 + i is stored as row
  /// 2i + h.
  func unpermuted(heads: Int) -> Matrix {
    precondition(rows % (2 * heads) == 0, "\(rows) rows are no pairs of \(heads) heads")
    let half = rows / heads / 2
    return reordered(
      (0..<rows).map { row in
        let (head, place) = (row / (2 * half), row % (2 * half))
        return (head * half + place % half) * 2 + place / half
      })
  }

  /// The rows in another order.
  func reordered(_ order: [Int]) -> Matrix {
    precondition(order.count == rows, "an order of \(order.count) for \(rows) rows")
    var result = Matrix(uninitialized: rows, columns)
    result.withMutableView { target in
      withView { source in
        for (row, original) in order.enumerated() {
          (target.pointer + row * columns).update(
            from: source.pointer + original * columns, count: columns)
        }
      }
    }
    return result
  }

  /// Rows become columns.
  func transposed() -> Matrix {
    var result = Matrix(uninitialized: columns, rows)
    result.withMutableView { target in
      withView { source in
        // Tiles keep both sides in the cache.
        let tile = 32
        for top in stride(from: 0, to: rows, by: tile) {
          for left in stride(from: 0, to: columns, by: tile) {
            for row in top..<min(top + tile, rows) {
              for column in left..<min(left + tile, columns) {
                target[column, row] = source[row, column]
              }
            }
          }
        }
      }
    }
    return result
  }
}
