// SPDX-License-Identifier: GPL-3.0-or-later

/// H / ln d.
package struct EntropyPerLogWidth: SpectralMeasure {
  package let id = "entropy-per-log-width"
  package let title = "Matrix entropy per ln d"
  package let symbol = "H/ln d"
  package let unit = MeasureUnit.one
  package let formula = "H / ln d, d the width of the states"
  package let about = """
    The published normalisation ("algorithm a" per document; Wei et al., arXiv 2401.17139). Trap: with \
    fewer tokens than dimensions H cannot reach ln d, so wider models score lower by the denominator \
    alone. Compare models by the deficit.
    """

  package func callAsFunction(_ spectrum: Spectrum) -> Double? {
    ratio(spectrum, to: Double(spectrum.width).logarithm)
  }
}

/// H / ln N.
package struct EntropyPerLogTokens: SpectralMeasure {
  package let id = "entropy-per-log-tokens"
  package let title = "Matrix entropy per ln N"
  package let symbol = "H/ln N"
  package let unit = MeasureUnit.one
  package let formula = "H / ln N, N the number of tokens"
  package let about = """
    The share of what N tokens could reach when N ≤ d. Skean et al., arXiv 2502.02013. Beyond d tokens \
    it falls although nothing is compressed. No value for one token.
    """

  package func callAsFunction(_ spectrum: Spectrum) -> Double? {
    ratio(spectrum, to: Double(spectrum.tokens).logarithm)
  }
}

/// H / ln min(N, d).
package struct EntropyPerLogRank: SpectralMeasure {
  package let id = "entropy-per-log-rank"
  package let title = "Matrix entropy per ln min(N, d)"
  package let symbol = "H/ln min(N,d)"
  package let unit = MeasureUnit.one
  package let formula = "H / ln min(N, d)"
  package let about = """
    The share of the largest entropy that N tokens of width d can have: 0 on one line, 1 when every \
    direction is used alike. Roy & Vetterli, EUSIPCO 2007. No value for one token.
    """

  package func callAsFunction(_ spectrum: Spectrum) -> Double? {
    ratio(spectrum, to: Double(min(spectrum.tokens, spectrum.width)).logarithm)
  }
}

/// H / (ln N · ln d).
package struct EntropyPerBothLogs: SpectralMeasure {
  package let id = "entropy-per-both-logs"
  package let title = "Matrix entropy per ln N · ln d"
  package let symbol = "H/(ln N · ln d)"
  package let unit = MeasureUnit.one
  package let formula = "H / (ln N · ln d)"
  package let about = """
    A normalisation by length and width at once, found in code of Skean et al., arXiv 2502.02013. It is \
    no share of anything: kept to compare with what was published.
    """

  package func callAsFunction(_ spectrum: Spectrum) -> Double? {
    ratio(
      spectrum, to: Double(spectrum.tokens).logarithm * Double(spectrum.width).logarithm)
  }
}

private func ratio(_ spectrum: Spectrum, to largest: Double) -> Double? {
  largest > 0 ? VonNeumannEntropy.value(spectrum.eigenvalues) / largest : nil
}
