// SPDX-License-Identifier: GPL-3.0-or-later
import CKernels
import COpenBLAS

/// The L2 norm of each row, in float64.
package func rowNorms(_ x: MatrixView) -> [Double] {
  [Double](unsafeUninitializedCapacity: x.rows) { buffer, count in
    if let base = buffer.baseAddress {
      isobath_row_squares(x.pointer, x.stride, x.rows, x.columns, base)
    }
    for row in 0..<x.rows { buffer[row] = buffer[row].squareRoot() }
    count = x.rows
  }
}

/// x v in float64.
package func rowProducts(_ x: MatrixView, _ v: [Double]) -> [Double] {
  precondition(v.count == x.columns, "rowProducts: \(v.count) elements, \(x.columns) columns")
  return [Double](unsafeUninitializedCapacity: x.rows) { buffer, count in
    if let base = buffer.baseAddress {
      isobath_row_products(x.pointer, x.stride, x.rows, x.columns, v, base)
    }
    count = x.rows
  }
}

/// The sum of all rows, in float64.
package func columnSums(_ x: MatrixView) -> [Double] {
  var sums = [Double](repeating: 0, count: x.columns)
  isobath_add_column_sums(x.pointer, x.stride, x.rows, x.columns, &sums)
  return sums
}

/// How many elements have a magnitude of at most `limit`.
package func countOfMagnitudes(_ x: MatrixView, atMost limit: Float) -> Int {
  isobath_count_at_most(x.pointer, x.stride, x.rows, x.columns, limit)
}

/// Σ x y.
package func dot(_ x: [Double], _ y: [Double]) -> Double {
  precondition(x.count == y.count, "dot: \(x.count) and \(y.count) elements")
  BLAS.prepare()
  return cblas_ddot(Int32(x.count), x, 1, y, 1)
}

/// Σ_i w_i x_i over the rows of x, in row-major order.
package func weightedSum(_ x: [Double], rows: Int, columns: Int, _ weights: [Double]) -> [Double] {
  precondition(
    x.count == rows * columns && weights.count == rows,
    "weightedSum: \(x.count) elements, \(weights.count) weights for \(rows)×\(columns)")
  BLAS.prepare()
  var sum = [Double](repeating: 0, count: columns)
  guard rows > 0, columns > 0 else { return sum }
  cblas_dgemv(
    CblasRowMajor, CblasTrans, Int32(rows), Int32(columns), 1, x, Int32(columns), weights, 1, 0,
    &sum, 1)
  return sum
}

/// Σ_j x_ij x_(i+lag)j of each row that has such a follower; x in row-major order.
package func rowProducts(_ x: [Double], rows: Int, columns: Int, lag: Int) -> [Double] {
  precondition(
    x.count == rows * columns && lag >= 0, "rowProducts: \(x.count) elements, lag \(lag)")
  BLAS.prepare()
  return x.withUnsafeBufferPointer { x in
    guard let base = x.baseAddress else { return [] }
    return (0..<max(rows - lag, 0)).map { row in
      cblas_ddot(Int32(columns), base + row * columns, 1, base + (row + lag) * columns, 1)
    }
  }
}
