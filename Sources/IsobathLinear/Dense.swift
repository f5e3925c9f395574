// SPDX-License-Identifier: GPL-3.0-or-later
import COpenBLAS

/// Single-threaded dense products on borrowed views.
package enum Dense {
  /// `c = alpha · op(a) · op(b) + beta · c`, op being transposition where asked.
  package static func gemm(
    _ a: MatrixView, transposeA: Bool, _ b: MatrixView, transposeB: Bool, alpha: Float = 1,
    beta: Float = 0, into c: MatrixView
  ) {
    let (rows, inner) = transposeA ? (a.columns, a.rows) : (a.rows, a.columns)
    let (innerB, columns) = transposeB ? (b.columns, b.rows) : (b.rows, b.columns)
    precondition(
      inner == innerB && c.rows == rows && c.columns == columns,
      "gemm: \(rows)×\(inner) · \(innerB)×\(columns) into \(c.rows)×\(c.columns)")
    guard rows > 0, columns > 0 else { return }
    BLAS.prepare()
    cblas_sgemm(
      CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans,
      Int32(rows), Int32(columns), Int32(inner), alpha, a.pointer, Int32(a.stride), b.pointer,
      Int32(b.stride), beta, c.pointer, Int32(c.stride))
  }
}
