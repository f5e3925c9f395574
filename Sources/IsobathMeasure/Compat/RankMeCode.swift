// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathLinear

/// RankMe as public code computes it.
package struct RankMeCode: PublishedCode {
  package let id = "rankme"
  package let title = "RankMe (Garrido et al.)"
  package let source =
    "arXiv 2210.02885, equation 1; github.com/eisbetterthanpi/components, RankMe.py"
  package let steps = """
    Takes the singular values σ of the states, neither centred nor scaled, in float32, and \
    exp(−Σ p ln p) of p = σ/Σσ + 10⁻⁷. Other public versions add 10⁻⁶ or 10⁻¹².
    """
  package let defects = [
    """
    10⁻⁷ added to each share, against ln 0, makes them sum to more than one and counts directions that \
    are empty: the rank is too large, by 1.6·10⁻⁶ of itself for each empty direction, and by 9·10⁻⁴ to \
    10⁻² dimensions on real states of 155 tokens.
    """,
    "States that are all zero give NaN.",
  ]

  package init() {}

  package func callAsFunction(_ states: MatrixView) -> [PublishedValue] {
    let raw = Corrected(states, Preparation(centring: .none, rows: .asTheyAre))
    return [
      raw.value(
        "rankme-effective-rank", "Effective rank of the states", of: EffectiveRankOfStates()
      ) { () throws(PublishedFailure) in
        let values: [Float]
        do throws(SingularValueError) {
          values = try singularValues(states, vectors: false)
        } catch { throw PublishedFailure(error) }
        let sum = SinglePrecision.sum(values)
        let terms = values.map { $0 / sum + 1e-7 }.map { $0 * log($0) }
        return Double(exp(-SinglePrecision.sum(terms)))
      }
    ]
  }
}
