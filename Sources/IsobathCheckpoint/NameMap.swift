// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// How a file spells what a family asks for.
package struct NameMap: Sendable {
  /// The stored name of a tensor.
  let stored: @Sendable (String) -> String
  /// The number of heads by which the rows of a tensor are permuted; nil when they are not.
  let heads: @Sendable (String) -> Int?
  /// Whether matrices that the family stores [in, out] are stored so here too.
  let keepsTransposed: Bool

  package init(
    stored: @escaping @Sendable (String) -> String, heads: @escaping @Sendable (String) -> Int?,
    keepsTransposed: Bool
  ) {
    self.stored = stored
    self.heads = heads
    self.keepsTransposed = keepsTransposed
  }

  /// The family's own names.
  package static let identity = NameMap(
    stored: { $0 }, heads: { _ in nil }, keepsTransposed: true)
}

extension Matrix {
  /// Undoes llama.cpp's order of rotary rows: within a head, row 2i + h goes back to h · width/2 + i.
  func unpermuted(heads: Int) -> Matrix {
    precondition(rows % (2 * heads) == 0, "\(rows) rows are no pairs of \(heads) heads")
    let width = rows / heads
    var result = Matrix(uninitialized: rows, columns)
    result.withMutableView { target in
      withView { source in
        for row in 0..<rows {
          let (head, place) = (row / width, row % width)
          let original = head * width + place % 2 * (width / 2) + place / 2
          (target.pointer + original * columns).update(
            from: source.pointer + row * columns, count: columns)
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
