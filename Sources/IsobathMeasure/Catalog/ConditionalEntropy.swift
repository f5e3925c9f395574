// SPDX-License-Identifier: GPL-3.0-or-later

/// What the second site's entropy adds to the first's.
package struct ConditionalEntropy: PairMeasure {
  package let id = "conditional-entropy"
  package let title = "Conditional matrix entropy"
  package let symbol = "S(B|A)"
  package let unit = MeasureUnit.nats
  package let isSymmetric = false
  package let formula = "S_α(A∘B/n) − S_α(A/n), A the first site, B the second, α = 1"
  package let about = """
    How much of the second site is not in the first: 0 when the first's distinctions hold all of the \
    second's. Giraldo, Rao & Príncipe, arXiv 1211.2459. It does not fall to 0 for two equal sites: the \
    element-wise square of a Gram matrix is more even than the matrix itself.
    """

  /// α.
  package let order: RenyiEntropy

  package init(order: RenyiEntropy = .shannon) { self.order = order }

  package func callAsFunction(_ pair: SitePair) throws(MissingReason) -> Double {
    let kernels = try AlignedKernels(pair.first, pair.second, order)
    return try kernels.joint() - kernels.entropyOfFirst()
  }
}
