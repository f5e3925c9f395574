// SPDX-License-Identifier: GPL-3.0-or-later
import CLAPACKE

/// What LAPACK can refuse.
package enum LinearError: Error, Equatable, Sendable {
  /// A matrix with an element that is not a finite number.
  case notFinite(order: Int)
  /// No driver converged; `info` is the last one's.
  case noConvergence(driver: String, order: Int, info: Int)
}

extension LinearError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notFinite(let order):
      "a symmetric matrix of order \(order) has an element that is not finite"
    case .noConvergence(let driver, let order, let info):
      "the eigenvalues of a symmetric matrix of order \(order) did not converge "
        + "(\(driver), INFO = \(info))"
    }
  }
}

// The upper triangle of column-major storage is the lower one of row-major: nothing is transposed.
private let upper = CChar(UInt8(ascii: "U"))
private let valuesOnly = CChar(UInt8(ascii: "N"))
private let withVectors = CChar(UInt8(ascii: "V"))
private let columnMajor = Int32(LAPACK_COL_MAJOR)
/// From here on the two-stage reduction is the faster one: 15 % at 2048, 35 % at 4096.
private let twoStageOrder = 2048

/// The eigenvalues of a symmetric matrix, ascending.
///
/// dsyevd, or its two-stage form for large orders; when it does not converge, dsyev.
/// - Throws: `LinearError.notFinite` before LAPACK sees the matrix, `.noConvergence` after both.
package func eigenvalues(_ a: SymmetricMatrix) throws(LinearError) -> [Double] {
  let order = Int32(a.order)
  guard order > 0 else { return [] }
  try checkFinite(a)
  BLAS.prepare()
  var values = [Double](repeating: 0, count: a.order)
  var work = a.elements
  let info =
    a.order >= twoStageOrder
    ? LAPACKE_dsyevd_2stage(columnMajor, valuesOnly, upper, order, &work, order, &values)
    : LAPACKE_dsyevd(columnMajor, valuesOnly, upper, order, &work, order, &values)
  if info == 0 { return values }
  work = a.elements
  let second = LAPACKE_dsyev(columnMajor, valuesOnly, upper, order, &work, order, &values)
  guard second == 0 else {
    throw .noConvergence(driver: "dsyevd, dsyev", order: a.order, info: Int(second))
  }
  return values
}

/// Eigenvalues, ascending, and unit eigenvectors: element `k · order + i` is component i of vector k.
package func eigenSystem(
  _ a: SymmetricMatrix
) throws(LinearError) -> (values: [Double], vectors: [Double]) {
  let order = Int32(a.order)
  guard order > 0 else { return ([], []) }
  try checkFinite(a)
  BLAS.prepare()
  var values = [Double](repeating: 0, count: a.order)
  var vectors = a.elements
  if LAPACKE_dsyevd(columnMajor, withVectors, upper, order, &vectors, order, &values) == 0 {
    return (values, vectors)
  }
  vectors = a.elements
  let info = LAPACKE_dsyev(columnMajor, withVectors, upper, order, &vectors, order, &values)
  guard info == 0 else {
    throw .noConvergence(driver: "dsyevd, dsyev", order: a.order, info: Int(info))
  }
  return (values, vectors)
}

private func checkFinite(_ a: SymmetricMatrix) throws(LinearError) {
  // One pass: a sum with a NaN or an infinity is not finite either, unless it overflows by itself.
  var sum = 0.0
  for element in a.elements { sum += element * 0 }
  guard sum == 0 else { throw .notFinite(order: a.order) }
}
