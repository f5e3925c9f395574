// SPDX-License-Identifier: GPL-3.0-or-later

/// Intrinsic dimension from the distances to neighbours n₁ and 2n₁.
package struct Gride: TrajectoryMeasure {
  /// n₁, counted from 1; the farther neighbour is 2n₁.
  package let nearer: Int

  package var id: String { "intrinsic-dimension-gride-\(nearer)" }
  package var title: String { "Intrinsic dimension (GRIDE, \(nearer) and \(2 * nearer))" }
  package var shortTitle: String { "Dimension, GRIDE \(nearer):\(2 * nearer)" }
  package let symbol = "d_GRIDE"
  package let unit = MeasureUnit.dimensions
  package let formula = """
    the root d of (n − 1)/d + (n₁ − 1) Σ ln μ/(1 − μ^−d) − (2n₁ − 1) Σ ln μ, μ = r_{2n₁}/r_{n₁}
    """
  package let about = """
    The dimension of the surface on which the states lie, at a scale that grows with n₁: a plateau over \
    scales is a dimension, a steady fall is noise. Denti et al., Sci. Rep. 12, 2022. Maximum \
    likelihood, with n − 1 for n, so that n₁ = 1 is the unbiased TwoNN. Euclidean, states as they are, \
    equal states counted once.
    """

  /// - Parameter nearer: n₁, at least 1.
  package init(nearer: Int) {
    precondition(nearer > 0, "Gride: neighbour \(nearer)")
    self.nearer = nearer
  }

  package func callAsFunction(_ states: Trajectory) throws(MissingReason) -> Double {
    let ratios = try Neighbours(states).logRatios(nearer: nearer, farther: 2 * nearer)
    guard ratios.contains(where: { $0 > 0 }) else { throw .tooFew }
    // The slope of the likelihood falls with d, from +∞ to below zero: one root, found by halving.
    var (low, high) = (0.0, 1.0)
    while slope(high, ratios) > 0, high < 0x1p40 { (low, high) = (high, 2 * high) }
    while high - low > 0x1p-50 * high {
      let middle = (low + high) / 2
      guard middle > low, middle < high else { break }
      if slope(middle, ratios) > 0 { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  private func slope(_ d: Double, _ ratios: [Double]) -> Double {
    let (near, far) = (Double(nearer), Double(2 * nearer))
    return ratios.reduce(Double(ratios.count - 1) / d) { sum, ratio in
      // ln μ/(1 − μ^−d) is 1/d where μ is 1.
      let part = ratio > 0 ? ratio / (1 - (-d * ratio).exponential) : 1 / d
      return sum + (near - 1) * part - (far - 1) * ratio
    }
  }
}
