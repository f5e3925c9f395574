// SPDX-License-Identifier: GPL-3.0-or-later

/// H = −Σ p ln p.
package struct VonNeumannEntropy: SpectralMeasure {
  package let id = "entropy"
  package let title = "Matrix entropy"
  package let symbol = "H"
  package let unit = MeasureUnit.nats
  package let formula = "H = −Σ p ln p over the eigenvalues p of the covariance, Σp = 1"
  package let about = """
    The von Neumann entropy of the document's covariance: how evenly its states use directions. 0 when \
    all states lie on one line, ln min(N, d) when they fill every direction alike. It grows with the \
    number of tokens N, so compare documents of like length, or the deficit. Wei et al., \
    arXiv 2401.17139.
    """

  package init() {}

  package func callAsFunction(_ spectrum: Spectrum) -> Double? { Self.value(spectrum.eigenvalues) }

  static func value(_ p: [Double]) -> Double {
    // 0 − rather than a bare minus: one direction alone gives 0 and not −0.
    0 - p.reduce(0) { $1 > 0 ? $0 + $1 * $1.logarithm : $0 }
  }
}
