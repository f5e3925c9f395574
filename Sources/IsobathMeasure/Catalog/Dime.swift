// SPDX-License-Identifier: GPL-3.0-or-later

/// By how much the joint entropy of two views falls below that of chance pairings.
package struct Dime: ViewsMeasure {
  package let id = "dime"
  package let title = "DiME"
  package let symbol = "DiME"
  package let unit = MeasureUnit.nats
  package let formula = """
    mean over pairings Π of S_α(A∘ΠBΠᵀ/n) − S_α(A∘B/n), A and B the unit-diagonal Gram matrices of the \
    views, documents × documents; Π cyclic shifts, α = 1
    """
  package let about = """
    The difference of matrix entropies: how much two views of the same documents know of each other \
    beyond chance, without an estimate of either alone. Skean et al., arXiv 2301.08164. Views are \
    centred and scaled to unit rows first. Trap: on the covariance of features, to which some code \
    switches beyond d documents, it is another number: rows of B would be features, not documents.
    """

  /// α.
  package let order: RenyiEntropy

  package init(order: RenyiEntropy = .shannon) { self.order = order }

  package func callAsFunction(_ views: Views) throws(MissingReason) -> Double {
    let kernels = try AlignedKernels(views.first, views.second, order)
    let n = kernels.rows
    let count = min(views.shifts, n - 1)
    var sum = 0.0
    for index in 0..<count {
      // Evenly over 1 … n − 1.
      let shift = 1 + index * (n - 1) / count
      sum += try kernels.joint(order: (0..<n).map { ($0 + shift) % n })
    }
    return sum / Double(count) - (try kernels.joint())
  }
}
