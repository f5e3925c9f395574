// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// Centred kernel alignment from unbiased estimates of the dependence.
package struct DebiasedCKA: PairMeasure {
  package let id = "debiased-cka"
  package let title = "Debiased linear CKA"
  package let symbol = "CKA₁"
  package let unit = MeasureUnit.one
  package let isSymmetric = true
  package let formula = """
    HSIC₁(K, L)/√(HSIC₁(K, K) HSIC₁(L, L)), HSIC₁ = [tr K̃L̃ + 1ᵀK̃1 1ᵀL̃1/((n − 1)(n − 2)) − \
    2 · 1ᵀK̃L̃1/(n − 2)]/(n(n − 3)), K̃ and L̃ with a zero diagonal
    """
  package let about = """
    Linear CKA without the bias of few tokens: near 0, and as often below, for unrelated states. \
    Song et al., J. Mach. Learn. Res. 13, 2012; in CKA Nguyen et al., arXiv 2010.15327. Needs four \
    tokens. Prefer it whenever the tokens are not many times the dimensions.
    """

  package init() {}

  package func callAsFunction(_ pair: SitePair) throws(MissingReason) -> Double {
    guard pair.tokens > 3 else { throw .tooFew }
    let (k, l) = (Hollow(pair.first.centred), Hollow(pair.second.centred))
    let own = k.dependence(k) * l.dependence(l)
    guard own > 0 else { throw .tooFew }
    return k.dependence(l) / own.squareRoot()
  }

  /// A Gram matrix with a zero diagonal, its row sums and their sum.
  private struct Hollow {
    let elements: [Double]
    let rows: [Double]
    let all: Double

    init(_ gram: SymmetricMatrix) {
      let n = gram.order
      var hollow = gram.elements
      for row in 0..<n { hollow[row * n + row] = 0 }
      elements = hollow
      rows = (0..<n).map { hollow[($0 * n)..<(($0 + 1) * n)].reduce(0, +) }
      all = rows.reduce(0, +)
    }

    /// HSIC₁.
    func dependence(_ other: Hollow) -> Double {
      let n = Double(rows.count)
      let sum =
        dot(elements, other.elements) + all * other.all / ((n - 1) * (n - 2))
        - 2 * dot(rows, other.rows) / (n - 2)
      return sum / (n * (n - 3))
    }
  }
}
