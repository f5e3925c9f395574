// SPDX-License-Identifier: GPL-3.0-or-later

/// S_α of the element-wise product of two sites' Gram matrices.
package struct JointEntropy: PairMeasure {
  package let id = "joint-entropy"
  package let title = "Joint matrix entropy"
  package let symbol = "S(A, B)"
  package let unit = MeasureUnit.nats
  package let isSymmetric = true
  package let formula =
    "S_α(A∘B/n), A and B the unit-diagonal Gram matrices of the two sites, α = 1"
  package let about = """
    The entropy of both sites together: at least that of either, at most ln n. Giraldo, Rao & Príncipe, \
    arXiv 1211.2459. Both are centred over tokens and scaled to unit rows first. Trap: at α = 2 a \
    shortcut that assumes a trace of n is off by 2 ln n on normalised matrices.
    """

  /// α.
  package let order: RenyiEntropy

  package init(order: RenyiEntropy = .shannon) { self.order = order }

  package func callAsFunction(_ pair: SitePair) throws(MissingReason) -> Double {
    try AlignedKernels(pair.first, pair.second, order).joint()
  }
}
