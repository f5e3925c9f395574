// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// The effective rank of the states as they are.
package struct RankMe: TrajectoryMeasure {
  package let id = "rankme"
  package let title = "RankMe"
  package let symbol = "RankMe"
  package let unit = MeasureUnit.dimensions
  package let formula = "exp(−Σ q ln q), q = σ/Σσ + 10⁻⁷, σ the singular values of X, not centred"
  package let about = """
    Garrido et al., arXiv 2210.02885: the effective rank of the states (Roy & Vetterli) of states that \
    are neither centred nor scaled, with their 10⁻⁷ added to each share. A sink or a common mean \
    dominates it; the same spectrum without the 10⁻⁷ is the effective rank of the states under the \
    preparation 'raw'.
    """

  private static let added = 1e-7

  package init() {}

  package func callAsFunction(_ states: Trajectory) throws(MissingReason) -> Double {
    let raw = Preparation(centring: .none, rows: .asTheyAre)
    let roots = try states.prepared(raw).kernel.spectrum().eigenvalues.map { $0.squareRoot() }
    let sum = roots.reduce(0, +)
    return VonNeumannEntropy.value(roots.map { $0 / sum + Self.added }).exponential
  }
}
