// SPDX-License-Identifier: GPL-3.0-or-later

/// S_α = ln(Σ p^α) / (1 − α).
package struct RenyiEntropy: SpectralMeasure {
  package let id = "renyi-entropy"
  package let title = "Rényi entropy"
  package let symbol = "S_α"
  package let unit = MeasureUnit.nats
  package let formula =
    "S_α = ln(Σ p^α)/(1 − α); α → 1: H; α = 0: ln rank; α = 2: −ln Σp²; α = ∞: −ln p₁"
  package let about = """
    Entropies that weigh the spectrum differently: small α counts weak directions, large α only the \
    strongest ones. It never increases with α. At α = 0 the rank counts eigenvalues above \
    max(N, d) · 2⁻⁵² of the largest. Rényi 1961; for representations Skean et al., arXiv 2502.02013.
    """

  /// α, from 0 to infinity.
  package let order: Double

  /// The orders that are computed unless others are asked for.
  package static let defaultOrders = [0, 0.5, 1, 2, 4, Double.infinity]

  private init(known order: Double) { self.order = order }

  /// α = 1, where it is the matrix entropy.
  package static let shannon = RenyiEntropy(known: 1)

  /// - Parameter order: α ≥ 0; nil is returned for a negative number or NaN.
  package init?(order: Double) {
    guard order >= 0 else { return nil }
    self.order = order
  }

  package func callAsFunction(_ spectrum: Spectrum) -> Double? {
    let p = spectrum.eigenvalues
    let largest = p.first ?? 0
    guard largest > 0 else { return nil }
    switch order {
    case 0:
      let floor = largest * Double(max(spectrum.tokens, spectrum.width)) * 0x1p-52
      return Double(p.count { $0 > floor }).logarithm
    case 1: return VonNeumannEntropy.value(p)
    case 2: return -p.reduce(0) { $0 + $1 * $1 }.logarithm
    case .infinity: return 0 - largest.logarithm
    default:
      // Σ p^α = p₁^α Σ (p/p₁)^α: large orders would underflow without the ratio.
      let sum = p.reduce(0) { $1 > 0 ? $0 + (order * ($1 / largest).logarithm).exponential : $0 }
      return (order * largest.logarithm + sum.logarithm) / (1 - order)
    }
  }
}
