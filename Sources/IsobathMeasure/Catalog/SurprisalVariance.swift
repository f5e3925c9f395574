// SPDX-License-Identifier: GPL-3.0-or-later

/// Var_p(−ln p), −2 times the slope of the Rényi entropies at order 1.
package struct SurprisalVariance: SpectralMeasure {
  package let id = "surprisal-variance"
  package let title = "Variance of −ln p"
  package let symbol = "Var(−ln p)"
  package let unit = MeasureUnit.squareNats
  package let formula = "Σ p (−ln p − H)² = −2 dS_α/dα at α = 1"
  package let about = """
    How far the spectrum is from flat, seen from its entropy: 0 when all directions that are used are \
    used alike, large when a few strong and many weak ones share the entropy. Half of it, negated, is \
    the slope at which the Rényi entropy falls as α passes 1, so two spectra of one entropy and \
    different variances part at every other order. Song, J. Stat. Plann. Inference 93, 2001.
    """

  package func callAsFunction(_ spectrum: Spectrum) -> Double? {
    let p = spectrum.eigenvalues
    let entropy = VonNeumannEntropy.value(p)
    return p.reduce(0) { sum, share in
      guard share > 0 else { return sum }
      let distance = share.logarithm + entropy
      return sum + share * distance * distance
    }
  }
}
