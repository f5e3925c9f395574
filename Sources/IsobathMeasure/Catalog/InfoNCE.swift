// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// A lower bound on what two views tell of each other.
package struct InfoNCE: ViewsMeasure {
  package let id = "infonce"
  package let title = "InfoNCE bound"
  package let symbol = "I_NCE"
  package let unit = MeasureUnit.nats
  package let formula = """
    ln n + mean over i of ln(exp(u_i·v_i/τ)/Σ_j exp(u_i·v_j/τ)), rows of unit length, τ = 0.1
    """
  package let about = """
    How well a document's second view is found among all by its first: ln n at best, 0 when views tell \
    nothing. van den Oord et al., arXiv 1807.03748; on layers Skean et al., arXiv 2502.02013. States as \
    they are, so a common mean flattens the cosines and lowers it. It cannot exceed ln n.
    """

  /// τ.
  package let temperature: Double

  package init(temperature: Double = 0.1) {
    precondition(temperature > 0, "InfoNCE: temperature \(temperature)")
    self.temperature = temperature
  }

  package func callAsFunction(_ views: Views) throws(MissingReason) -> Double {
    let (u, v) = (try views.first.unitRows(), try views.second.unitRows())
    let n = views.documents
    guard n > 1 else { throw .tooFew }
    guard u.tokens.count == n, v.tokens.count == n else { throw .allZero }
    let cosines = product(
      u.elements, v.elements, rows: n, inner: u.width, columns: n, transposed: true)
    var sum = 0.0
    for row in 0..<n {
      let scores = cosines[(row * n)..<((row + 1) * n)].map { $0 / temperature }
      let largest = scores.max() ?? 0
      let all = scores.reduce(0) { $0 + ($1 - largest).exponential }
      sum += scores[row] - largest - all.logarithm
    }
    return Double(n).logarithm + sum / Double(n)
  }
}
