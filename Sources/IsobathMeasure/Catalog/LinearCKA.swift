// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// Centred kernel alignment with linear kernels.
package struct LinearCKA: PairMeasure {
  package let id = "linear-cka"
  package let title = "Linear CKA"
  package let symbol = "CKA"
  package let unit = MeasureUnit.one
  package let isSymmetric = true
  package let formula = "⟨K, L⟩ / (‖K‖ ‖L‖), K and L the Gram matrices of the centred states"
  package let about = """
    How alike two sites arrange the tokens, whatever the rotation and scale: 1 for the same \
    arrangement. Kornblith et al., arXiv 1905.00414. Trap: with fewer tokens than dimensions unrelated \
    states score far above 0; the debiased form does not. One sink decides it, since it dominates \
    both matrices.
    """

  package init() {}

  package func callAsFunction(_ pair: SitePair) throws(MissingReason) -> Double {
    let (k, l) = (pair.first.centred.elements, pair.second.centred.elements)
    let lengths = dot(k, k).squareRoot() * dot(l, l).squareRoot()
    guard pair.tokens > 1, lengths > 0 else { throw .tooFew }
    return dot(k, l) / lengths
  }
}
