// SPDX-License-Identifier: GPL-3.0-or-later
import COpenBLAS

/// `a · b` in float64, by dgemm on the calling thread.
///
/// - Parameters:
///   - a: rows × inner elements in row-major order.
///   - b: inner × columns elements in row-major order; columns × inner when `transposed`.
///   - transposed: whether the product is `a · bᵀ`.
/// - Returns: rows × columns elements in row-major order.
package func product(
  _ a: [Double], _ b: [Double], rows: Int, inner: Int, columns: Int, transposed: Bool = false
) -> [Double] {
  precondition(
    a.count == rows * inner && b.count == inner * columns,
    "product: \(a.count) and \(b.count) elements for \(rows)×\(inner) · \(inner)×\(columns)")
  guard rows > 0, columns > 0, inner > 0 else {
    return [Double](repeating: 0, count: rows * columns)
  }
  BLAS.prepare()
  return [Double](unsafeUninitializedCapacity: rows * columns) { buffer, count in
    if let base = buffer.baseAddress {
      cblas_dgemm(
        CblasRowMajor, CblasNoTrans, transposed ? CblasTrans : CblasNoTrans, Int32(rows),
        Int32(columns), Int32(inner), 1, a, Int32(inner), b,
        Int32(transposed ? inner : columns), 0, base, Int32(columns))
    }
    count = rows * columns
  }
}
