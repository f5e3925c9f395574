// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// Matrix entropy as its authors' code computes it, document by document.
package struct WeiCode: PublishedCode {
  package let id = "wei"
  package let title = "Matrix entropy (Wei et al.)"
  package let source =
    "arXiv 2401.17139; github.com/waltonfuture/Diff-eRank, utils/entropy_dataset.py"
  package let steps = """
    Centres the states over tokens, divides each row by its length, twice, forms ZᵀZ/N in float32, \
    divides it by its trace, takes all d singular values by a float32 SVD with vectors, and sums \
    −p ln p over those that are not NaN; H/ln d and exp(H)/d follow.
    """
  package let defects = [
    """
    Of d singular values only min(N, d) mean anything. The others should be zero and come back as \
    rounding, 10⁻⁹ to 10⁻⁷ each, and −p ln p is steep there: H is too large by 4·10⁻⁵ to 3·10⁻⁴ nats \
    on real states of width 576.
    """,
    zeroRows,
    roundedRows,
    """
    ln d is not what H can reach: with fewer tokens than dimensions H stays below ln N, so that a wider \
    model scores lower by the denominator alone. The corrected value keeps the denominator.
    """,
  ]

  /// What a row of length zero does.
  static let zeroRows = """
    A token at the mean divides zero by zero, and the SVD stops at the NaN: one such token, or a text of \
    one token, ends the run over all documents. The corrected value leaves the token out.
    """
  /// What a row does that should have length zero.
  static let roundedRows = """
    A mean that float32 cannot hold leaves rounding instead of zeros, which is then scaled to unit \
    length: a token at the mean counts as one more direction, and a document of equal tokens has an \
    entropy near 0 rather than none.
    """

  package init() {}

  package func callAsFunction(_ states: MatrixView) -> [PublishedValue] {
    let entropy = Result { () throws(PublishedFailure) in try WeiCode.entropy(states) }
    let paper = Corrected(states, .paper)
    let d = states.columns
    let rank = EffectiveRankOfCovariance()
    return [
      paper.value("wei-entropy", "Matrix entropy", of: VonNeumannEntropy()) {
        () throws(PublishedFailure) in try entropy.get()
      },
      paper.value("wei-entropy-per-log-width", "Matrix entropy per ln d", of: EntropyPerLogWidth())
      {
        () throws(PublishedFailure) in try pythonRatio(entropy.get(), pythonLog(d))
      },
      paper.value(
        "wei-effective-rank-per-width", "exp(H)/d", .one,
        paper.corrected(rank).map { $0 / Double(d) }, as: "\(rank.id) / d"
      ) { () throws(PublishedFailure) in
        try pythonRatio(entropy.get().exponential, Double(d))
      },
    ]
  }

  /// H in float32.
  static func entropy(_ states: MatrixView) throws(PublishedFailure) -> Double {
    let z = SinglePrecision.normalised(SinglePrecision.directions(states))
    var covariance = SinglePrecision.gram(z, side: .columns)
    let (order, count) = (states.columns, Float(states.rows))
    let values: [Float]
    do throws(SingularValueError) {
      values = try covariance.withMutableView { a throws(SingularValueError) in
        for row in 0..<order {
          for column in 0..<order { a[row, column] /= count }
        }
        // The framework adds a trace up in float64.
        let trace = Float((0..<order).reduce(0.0) { $0 + Double(a[$1, $1]) })
        for row in 0..<order {
          for column in 0..<order { a[row, column] /= trace }
        }
        return try singularValues(a, vectors: true)
      }
    } catch { throw PublishedFailure(error) }
    return Double(SinglePrecision.entropy(values))
  }
}

extension PublishedFailure {
  /// What the framework makes of a decomposition that fails.
  init(_ error: SingularValueError) {
    switch error {
    case .notFinite, .noConvergence: self = .raises("LinAlgError")
    case .tooLarge(let rows, let columns): self = .tooLarge(order: max(rows, columns))
    }
  }
}
