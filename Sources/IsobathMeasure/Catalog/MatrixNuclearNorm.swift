// SPDX-License-Identifier: GPL-3.0-or-later

/// The column-norm surrogate of the nuclear norm.
package struct MatrixNuclearNorm: TrajectoryMeasure {
  package let id = "matrix-nuclear-norm"
  package let title = "Matrix nuclear norm (surrogate)"
  package let shortTitle = "Matrix nuclear norm"
  package let symbol = "MNN"
  package let unit = MeasureUnit.one
  package let formula = """
    Σ of the min(N, d) largest column norms of Z, over N; Z: centred over tokens, then unit rows
    """
  package let about = """
    Li et al., arXiv 2410.10672, as their code computes it: cheap, and published as a stand-in for \
    matrix entropy. For comparison only: it depends on the axes, a rotation of the states changes it, \
    and it falls with N by the denominator alone. N counts every token.
    """

  package init() {}

  package func callAsFunction(_ states: Trajectory) throws(MissingReason) -> Double {
    let z = try states.prepared(.paper)
    var squares = [Double](repeating: 0, count: z.width)
    for (place, value) in z.elements.enumerated() { squares[place % z.width] += value * value }
    let norms = squares.map { $0.squareRoot() }.sorted(by: >)
    return norms.prefix(min(states.tokens, states.width)).reduce(0, +) / Double(states.tokens)
  }
}
