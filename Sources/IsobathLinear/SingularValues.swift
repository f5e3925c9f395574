// SPDX-License-Identifier: GPL-3.0-or-later
import CLAPACKE

/// Why a float32 matrix has no singular values.
package enum SingularValueError: Error, Equatable, Sendable {
  /// An element is not a finite number.
  case notFinite(rows: Int, columns: Int)
  /// LAPACK counts its workspace in 32 bits.
  case tooLarge(rows: Int, columns: Int)
  /// sgesdd gave up, or had no memory; `info` is what it returned.
  case noConvergence(rows: Int, columns: Int, info: Int)
}

extension SingularValueError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notFinite(let rows, let columns):
      "a matrix of \(rows) × \(columns) has an element that is not finite"
    case .tooLarge(let rows, let columns):
      "the singular values of a matrix of \(rows) × \(columns) need more workspace than LAPACK counts"
    case .noConvergence(let rows, let columns, let info):
      "the singular values of a matrix of \(rows) × \(columns) did not converge "
        + "(sgesdd, INFO = \(info))"
    }
  }
}

/// The singular values of a float32 matrix, descending, by sgesdd on the calling thread.
///
/// For the arithmetic of others alone: what this package measures comes from symmetric eigenvalues in
/// float64.
/// - Parameters:
///   - a: any matrix, the empty one included.
///   - vectors: whether the singular vectors are computed too, and thrown away. LAPACK then finds the
///     values by divide and conquer, whose error in the smallest ones is an order of magnitude larger:
///     what a code reports depends on it.
/// - Throws: `.notFinite` before LAPACK sees the matrix, `.tooLarge`, `.noConvergence`.
package func singularValues(
  _ a: MatrixView, vectors: Bool
) throws(SingularValueError) -> [Float] {
  let (m, n) = (a.columns, a.rows)
  let order = min(m, n)
  guard order > 0 else { return [] }
  // sgesdd's own formula for its workspace, the largest of its cases.
  let (work, overflow) = order.multipliedReportingOverflow(by: 4 * order + 7)
  let (count, overflows) = m.multipliedReportingOverflow(by: n)
  guard !overflow, !overflows, max(work, count) < Int(Int32.max) else {
    throw .tooLarge(rows: n, columns: m)
  }
  var elements: [Float] = []
  elements.reserveCapacity(count)
  for row in 0..<n {
    elements += UnsafeBufferPointer(start: a.pointer + row * a.stride, count: m)
  }
  // One pass: a sum with a NaN or an infinity times zero is not zero.
  guard elements.reduce(0, { $0 + $1 * 0 }) == 0 else { throw .notFinite(rows: n, columns: m) }
  BLAS.prepare()
  var values = [Float](repeating: 0, count: order)
  var left = [Float](repeating: 0, count: vectors ? m * order : 1)
  var right = [Float](repeating: 0, count: vectors ? order * n : 1)
  // Rows without gaps are the columns of the transpose, which has the same singular values.
  let info = LAPACKE_sgesdd(
    Int32(LAPACK_COL_MAJOR), CChar(UInt8(ascii: vectors ? "S" : "N")), Int32(m), Int32(n),
    &elements,
    Int32(m), &values, &left, Int32(m), &right, Int32(order))
  guard info == 0 else { throw .noConvergence(rows: n, columns: m, info: Int(info)) }
  return values
}
