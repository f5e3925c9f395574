// SPDX-License-Identifier: GPL-3.0-or-later

/// exp(H).
package struct EffectiveRankOfCovariance: SpectralMeasure {
  package let id = "effective-rank-covariance"
  package let title = "Effective rank of the covariance"
  package let symbol = "exp H"
  package let unit = MeasureUnit.dimensions
  package let formula = "exp(H)"
  package let about = """
    How many equally used directions would have this entropy: Wei et al.'s eRank (arXiv 2401.17139). \
    Not the effective rank of the states (Roy & Vetterli), which works on singular values and is larger.
    """

  package init() {}

  package func callAsFunction(_ spectrum: Spectrum) -> Double? {
    VonNeumannEntropy.value(spectrum.eigenvalues).exponential
  }
}

/// exp(−Σ q ln q), q = √p / Σ√p.
package struct EffectiveRankOfStates: SpectralMeasure {
  package let id = "effective-rank-states"
  package let title = "Effective rank of the states"
  package let symbol = "erank(Z)"
  package let unit = MeasureUnit.dimensions
  package let formula = "exp(−Σ q ln q), q = √p / Σ√p: the singular values of Z with sum one"
  package let about = """
    Roy & Vetterli, EUSIPCO 2007; RankMe (arXiv 2210.02885) when the states are not centred. Always at \
    least exp(H): the square root evens the spectrum out.
    """

  package func callAsFunction(_ spectrum: Spectrum) -> Double? {
    let roots = spectrum.eigenvalues.map { $0.squareRoot() }
    let sum = roots.reduce(0, +)
    return VonNeumannEntropy.value(roots.map { $0 / sum }).exponential
  }
}

/// 1/Σp².
package struct ParticipationRatio: SpectralMeasure {
  package let id = "participation-ratio"
  package let title = "Participation ratio"
  package let symbol = "PR"
  package let unit = MeasureUnit.dimensions
  package let formula = "1/Σp² = exp(S₂)"
  package let about = """
    How many directions carry the variance, strong ones counting more than in exp(H). \
    Gao & Ganguli, Curr. Opin. Neurobiol. 32, 2015.
    """

  package init() {}

  package func callAsFunction(_ spectrum: Spectrum) -> Double? {
    1 / spectrum.eigenvalues.reduce(0) { $0 + $1 * $1 }
  }
}

/// 1/p₁.
package struct StableRank: SpectralMeasure {
  package let id = "stable-rank"
  package let title = "Stable rank"
  package let symbol = "1/p₁"
  package let unit = MeasureUnit.dimensions
  package let formula = "1/p₁ = exp(S_∞): the squared Frobenius norm over the squared spectral norm"
  package let about = """
    The coarsest count of directions: only the strongest one matters (NESum is the same number). \
    Rudelson & Vershynin, J. ACM 54, 2007.
    """

  package func callAsFunction(_ spectrum: Spectrum) -> Double? {
    spectrum.eigenvalues.first.map { 1 / $0 }
  }
}

/// p₁.
package struct Anisotropy: SpectralMeasure {
  package let id = "anisotropy"
  package let title = "Anisotropy"
  package let symbol = "p₁"
  package let unit = MeasureUnit.one
  package let formula = "p₁: the share of the variance along the strongest direction"
  package let about = """
    Near 1 when one direction dominates, as an attention sink makes it when states are not centred. \
    Razzhigaev et al., arXiv 2311.05928.
    """

  package func callAsFunction(_ spectrum: Spectrum) -> Double? { spectrum.eigenvalues.first }
}
