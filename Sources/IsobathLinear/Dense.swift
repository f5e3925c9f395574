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

extension Dense {
  /// `y = x · wᵀ`, a row's bits being the same whichever other rows are present.
  ///
  /// OpenBLAS takes another kernel, with another order of sums, for products of up to a million
  /// multiply-adds. One that small is padded with rows until it is above.
  package static func rowwise(_ x: MatrixView, _ w: MatrixView, into y: MatrixView) {
    let perRow = max(w.rows * x.columns, 1)
    let needed = min(smallProduct / perRow + 1, 256)
    guard x.rows < needed else {
      gemm(x, transposeA: false, w, transposeB: true, into: y)
      return
    }
    var padded = Matrix(zeros: needed, x.columns)
    var result = Matrix(uninitialized: needed, w.rows)
    padded.withMutableView { padded in
      copy(x, to: padded)
      result.withMutableView { result in
        gemm(padded, transposeA: false, w, transposeB: true, into: result)
        copy(result.rows(0..<y.rows), to: y)
      }
    }
  }

  private static let smallProduct = 2 << 20

  private static func copy(_ source: MatrixView, to target: MatrixView) {
    for row in 0..<source.rows {
      (target.pointer + row * target.stride).update(
        from: source.pointer + row * source.stride, count: source.columns)
    }
  }
}
