// SPDX-License-Identifier: GPL-3.0-or-later

/// H_null ≈ ln m − m/(2n): what chance alone gives.
package struct NullEntropy: SpectralMeasure {
  package let id = "null-entropy"
  package let title = "Matrix entropy of the isotropic null"
  package let symbol = "H_null"
  package let unit = MeasureUnit.nats
  package let formula = "H_null = ln m − m/(2n), m = min(N, d), n = max(N, d)"
  package let about = """
    The entropy of N independent isotropic unit rows of width d, to first order of the Marchenko–Pastur \
    law (1967; Page, arXiv gr-qc/9305007 for the same mean). Within 0.0025 nats of simulation at \
    d = 768, N = 200 … 8000. It depends on N and d alone.
    """

  package init() {}

  package func callAsFunction(_ spectrum: Spectrum) -> Double? {
    let least = Double(min(spectrum.tokens, spectrum.width))
    let most = Double(max(spectrum.tokens, spectrum.width))
    return least > 0 ? least.logarithm - least / (2 * most) : nil
  }
}

/// H_null − H.
package struct Deficit: SpectralMeasure {
  package let id = "deficit"
  package let title = "Deficit against the null"
  package let symbol = "H_null − H"
  package let unit = MeasureUnit.nats
  package let formula = "H_null − H"
  package let about = """
    Compression in nats beyond chance: how much lower the entropy is than that of as many random \
    directions. Comparable across widths and lengths, unlike H and H/ln d. Null: Marchenko & Pastur \
    1967. Slightly negative values are possible where states are as spread as chance.
    """

  package init() {}

  package func callAsFunction(_ spectrum: Spectrum) -> Double? {
    NullEntropy()(spectrum).map { $0 - VonNeumannEntropy.value(spectrum.eigenvalues) }
  }
}
