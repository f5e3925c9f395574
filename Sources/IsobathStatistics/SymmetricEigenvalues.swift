// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL

/// The eigenvalues of a small real symmetric matrix, in no order; nil when they do not converge.
///
/// Householder tridiagonalisation and implicit QR without vectors, by GSL: for simulations, whose
/// matrices are small. Spectra of hidden states are LAPACK's business.
///
/// - Parameters:
///   - matrix: row-major, of which the lower triangle counts.
///   - order: rows, which are columns.
package func symmetricEigenvalues(_ matrix: [Double], order: Int) -> [Double]? {
  precondition(matrix.count == order * order, "\(matrix.count) entries for order \(order)")
  guard order > 0 else { return [] }
  _ = GSL.ready
  guard let workspace = gsl_eigen_symm_alloc(order) else { return nil }
  defer { gsl_eigen_symm_free(workspace) }
  var copy = matrix
  var values = [Double](repeating: 0, count: order)
  let status = copy.withUnsafeMutableBufferPointer { matrix in
    values.withUnsafeMutableBufferPointer { values in
      var view = gsl_matrix_view_array(matrix.baseAddress, order, order)
      var out = gsl_vector_view_array(values.baseAddress, order)
      return gsl_eigen_symm(&view.matrix, &out.vector, workspace)
    }
  }
  return status == 0 ? values : nil
}
