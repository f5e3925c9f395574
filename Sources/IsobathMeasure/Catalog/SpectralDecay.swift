// SPDX-License-Identifier: GPL-3.0-or-later

/// The exponent of a power law through the middle of the spectrum.
package struct SpectralDecay: SpectralMeasure {
  package let id = "spectral-decay"
  package let title = "Spectral decay α-ReQ"
  package let symbol = "α-ReQ"
  package let unit = MeasureUnit.one
  package let formula =
    "minus the slope of ln p_i against ln i, least squares with weights 1/i, i = 5 … 99"
  package let about = """
    How fast the directions lose weight: 1 is the decay at which a representation is said to generalise \
    best, more is compressed, less is spread. Agrawal et al., α-ReQ, NeurIPS 2022; weights after \
    Stringer et al., Nature 571, 2019. Trap: over fewer tokens than 100 the tail is cut, and it bends \
    where the sample ends. No value with fewer than ten eigenvalues above rounding in the range.
    """

  private static let ranks = 5..<100
  private static let fewest = 10

  package func callAsFunction(_ spectrum: Spectrum) -> Double? {
    let p = spectrum.eigenvalues
    let floor = (p.first ?? 0) * Double(max(spectrum.tokens, spectrum.width)) * 0x1p-52
    let points = Self.ranks.filter { $0 <= p.count && p[$0 - 1] > floor }.map { rank in
      (x: Double(rank).logarithm, y: p[rank - 1].logarithm, weight: 1 / Double(rank))
    }
    guard points.count >= Self.fewest else { return nil }
    let total = points.reduce(0) { $0 + $1.weight }
    let meanX = points.reduce(0) { $0 + $1.weight * $1.x } / total
    let meanY = points.reduce(0) { $0 + $1.weight * $1.y } / total
    let (across, along) = points.reduce((0.0, 0.0)) { sums, point in
      let step = point.weight * (point.x - meanX)
      return (sums.0 + step * (point.y - meanY), sums.1 + step * (point.x - meanX))
    }
    return 0 - across / along
  }
}
