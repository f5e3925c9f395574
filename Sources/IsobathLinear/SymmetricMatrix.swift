// SPDX-License-Identifier: GPL-3.0-or-later
import CKernels
import COpenBLAS

/// A float64 symmetric matrix of `order` × `order`, stored whole in row-major order.
package struct SymmetricMatrix: Sendable {
  package let order: Int
  package var elements: [Double]

  package init(order: Int, elements: [Double]) {
    precondition(
      elements.count == order * order, "SymmetricMatrix: \(elements.count) for order \(order)")
    self.order = order
    self.elements = elements
  }

  package subscript(row: Int, column: Int) -> Double { elements[row * order + column] }

  /// The sum of the diagonal.
  package var trace: Double { (0..<order).reduce(0) { $0 + self[$1, $1] } }

  /// The leading `size` × `size` block.
  package func leading(_ size: Int) -> SymmetricMatrix {
    var block: [Double] = []
    block.reserveCapacity(size * size)
    for row in 0..<size { block += elements[(row * order)..<(row * order + size)] }
    return SymmetricMatrix(order: size, elements: block)
  }

  /// The block of some rows and the same columns, in the order asked for.
  package func principal(_ indices: [Int]) -> SymmetricMatrix {
    precondition(
      indices.allSatisfy { $0 >= 0 && $0 < order }, "principal: rows outside 0..<\(order)")
    let size = indices.count
    let block = [Double](unsafeUninitializedCapacity: size * size) { buffer, count in
      elements.withUnsafeBufferPointer { source in
        for (i, row) in indices.enumerated() {
          for j in 0..<size { buffer[i * size + j] = source[row * order + indices[j]] }
        }
      }
      count = size * size
    }
    return SymmetricMatrix(order: size, elements: block)
  }
}

/// Which side's inner products a Gram matrix holds.
package enum GramSide: Sendable {
  /// `X Xᵀ`: rows × rows.
  case rows
  /// `Xᵀ X`: columns × columns.
  case columns
}

/// The Gram matrix of float64 rows, by dsyrk on the calling thread.
///
/// - Parameters:
///   - x: rows × columns elements in row-major order.
///   - rows: how many rows there are.
///   - columns: how many columns there are.
///   - side: `.rows` for `X Xᵀ`, `.columns` for `Xᵀ X`.
package func gram(_ x: [Double], rows: Int, columns: Int, side: GramSide) -> SymmetricMatrix {
  precondition(x.count == rows * columns, "gram: \(x.count) elements for \(rows)×\(columns)")
  let (order, inner) = side == .rows ? (rows, columns) : (columns, rows)
  guard order > 0 else { return SymmetricMatrix(order: 0, elements: []) }
  BLAS.prepare()
  let elements = [Double](unsafeUninitializedCapacity: order * order) { buffer, count in
    guard let base = buffer.baseAddress else { return }
    cblas_dsyrk(
      CblasRowMajor, CblasLower, side == .rows ? CblasNoTrans : CblasTrans, Int32(order),
      Int32(inner), 1, x, Int32(columns), 0, base, Int32(order))
    for row in 0..<order {
      for column in 0..<row { base[column * order + row] = base[row * order + column] }
    }
    count = order * order
  }
  return SymmetricMatrix(order: order, elements: elements)
}

/// The raw Gram matrix of states, widened to float64 before anything else.
package func gram(_ x: MatrixView, side: GramSide) -> SymmetricMatrix {
  gram(widened(x), rows: x.rows, columns: x.columns, side: side)
}

/// The elements of a view as float64, rows without gaps.
package func widened(_ x: MatrixView) -> [Double] {
  [Double](unsafeUninitializedCapacity: x.rows * x.columns) { buffer, count in
    if let base = buffer.baseAddress {
      for row in 0..<x.rows {
        isobath_widen(x.pointer + row * x.stride, x.columns, base + row * x.columns)
      }
    }
    count = x.rows * x.columns
  }
}
