// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// The smaller side of Z with its negative elements set to 0 and its trace to 1.
struct SkeanKernel {
  private let matrix: SymmetricMatrix

  init(_ z: Matrix) {
    let gram = SinglePrecision.gram(z, side: z.rows > z.columns ? .columns : .rows)
    // A NaN is not below 0 and stays.
    let clamped = gram.elements.map { Double($0 < 0 ? 0 : $0) }
    let order = gram.rows
    let trace = (0..<order).reduce(0.0) { $0 + clamped[$1 * order + $1] }
    matrix = SymmetricMatrix(order: order, elements: clamped.map { $0 / trace })
  }

  /// −Σ p ln p over the positive eigenvalues; NaN where the solver refuses, as the code stores it.
  var entropy: Double {
    let values: [Double]
    do throws(LinearError) {
      // A single element is its own eigenvalue, even when it is NaN: no solver looks at it.
      values = matrix.order < 2 ? matrix.elements : try eigenvalues(matrix)
    } catch { return .nan }
    let positive = values.filter { $0 > 0 }
    let sum = positive.reduce(0, +)
    return VonNeumannEntropy.value(positive.map { $0 / sum })
  }

  /// −ln(ΣK²/n²).
  var shortcut: Double {
    let count = Double(matrix.order)
    return 0 - (matrix.elements.reduce(0) { $0 + $1 * $1 } / (count * count)).logarithm
  }
}

extension Trajectory {
  /// Prepared states, in the order of the tokens that are left.
  init(_ prepared: Prepared) {
    tokens = prepared.tokens.count
    width = prepared.width
    elements = prepared.elements
    norms = rowProducts(elements, rows: tokens, columns: width, lag: 0).map { $0.squareRoot() }
    shifted = gram(elements, rows: tokens, columns: width, side: .rows)
  }
}
