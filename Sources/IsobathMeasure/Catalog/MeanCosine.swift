// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// The mean cosine of two different tokens' states.
package struct MeanCosine: TrajectoryMeasure {
  package let id = "mean-cosine"
  package let title = "Mean cosine"
  package let symbol = "mean cos"
  package let unit = MeasureUnit.one
  package let formula =
    "mean over i ≠ j of cos(x_i, x_j) = (‖Σ u‖² − n)/(n(n − 1)), u = x/‖x‖, not centred"
  package let about = """
    How much of a cone the states fill: 0 when directions are even, near 1 when all tokens point the \
    same way. Ethayarajh, arXiv 1909.00512. A common mean raises it, and centring removes that: it \
    describes states as they are. Tokens whose state is zero are left out.
    """

  package init() {}

  package func callAsFunction(_ states: Trajectory) throws(MissingReason) -> Double {
    let n = states.norms.count { $0 > 0 }
    guard n > 0 else { throw .allZero }
    guard n > 1 else { throw .tooFew }
    let sum = weightedSum(
      states.elements, rows: states.tokens, columns: states.width,
      states.norms.map { $0 > 0 ? 1 / $0 : 0 })
    let square = dot(sum, sum)
    return (square - Double(n)) / (Double(n) * Double(n - 1))
  }
}
