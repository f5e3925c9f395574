// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// The matrix whose eigenvalues a prepared document has: the smaller side of Z, ZZᵀ or ZᵀZ.
struct Kernel {
  let matrix: SymmetricMatrix
  /// The document's tokens that take part, ascending.
  let tokens: [Int]
  /// Those that the mask left and that have no direction.
  let dropped: [Int]
  /// d: the columns of Z.
  let width: Int
  /// Z in row-major order where the matrix is ZᵀZ, nothing where it is ZZᵀ.
  let states: [Double]

  /// The eigenvalues with sum one.
  func spectrum() throws(MissingReason) -> Spectrum {
    do throws(LinearError) { return spectrum(of: try eigenvalues(matrix)) } catch {
      throw .noConvergence
    }
  }

  /// The spectrum that these eigenvalues of the matrix make.
  func spectrum(of values: [Double]) -> Spectrum {
    Spectrum(
      unnormalised: values, tokens: tokens.count, width: width, droppedRows: dropped.count)
  }

  /// −ln Σp²: Σp² is the sum of the squares of the elements over the square of the trace.
  var collisionEntropy: Double {
    let squares = matrix.elements.reduce(0) { $0 + $1 * $1 }
    let trace = matrix.trace
    return 0 - (squares / (trace * trace)).logarithm
  }
}
