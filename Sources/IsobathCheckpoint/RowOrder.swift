// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// Where each row of what is asked for stands among the rows that are stored.
enum RowOrder {
  /// All queries, all keys, all values, of rows stored as one head's query, key and value after the
  /// other's.
  static func stacked(_ rows: Int, heads: Int) -> [Int] {
    let width = rows / (3 * heads)
    return (0..<rows).map { row in
      let (part, head, place) = (row / (heads * width), row / width % heads, row % width)
      return (3 * head + part) * width + place
    }
  }

  /// Undoes llama.cpp's order of rotary rows: within a head, row h · width/2 + i is stored as row
  /// 2i + h.
  static func unpermuted(_ rows: Int, heads: Int) -> [Int] {
    precondition(rows % (2 * heads) == 0, "\(rows) rows are no pairs of \(heads) heads")
    let half = rows / heads / 2
    return (0..<rows).map { row in
      let (head, place) = (row / (2 * half), row % (2 * half))
      return (head * half + place % half) * 2 + place / half
    }
  }
}

extension Matrix {
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
