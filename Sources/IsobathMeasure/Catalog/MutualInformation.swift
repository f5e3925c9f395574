// SPDX-License-Identifier: GPL-3.0-or-later

/// What two sites' entropies have in common.
package struct MutualInformation: PairMeasure {
  package let id = "mutual-information"
  package let title = "Matrix mutual information"
  package let symbol = "I(A; B)"
  package let unit = MeasureUnit.nats
  package let isSymmetric = true
  package let formula = "S_α(A/n) + S_α(B/n) − S_α(A∘B/n), α = 1"
  package let about = """
    The entropy that two sites share. Giraldo, Rao & Príncipe, arXiv 1211.2459. Bounded by ln n, so a \
    text of n tokens cannot show more; compare sites of one document. Of a site with itself it is less \
    than its entropy, since the element-wise square of a Gram matrix is more even than the matrix.
    """

  /// α.
  package let order: RenyiEntropy

  package init(order: RenyiEntropy = .shannon) { self.order = order }

  package func callAsFunction(_ pair: SitePair) throws(MissingReason) -> Double {
    let kernels = try AlignedKernels(pair.first, pair.second, order)
    return try kernels.entropyOfFirst() + kernels.entropyOfSecond() - kernels.joint()
  }
}
