// SPDX-License-Identifier: GPL-3.0-or-later

/// The eigenvalues of a document's covariance at one site, with trace one.
///
/// Σ = ZᵀZ/tr(ZᵀZ) and K = ZZᵀ/tr(ZZᵀ) share them, Z being the prepared states.
package struct Spectrum: Sendable, Equatable {
  /// p₁ ≥ p₂ ≥ …, Σp = 1; as many as the smaller side of Z.
  package let eigenvalues: [Double]
  /// N: the rows that took part.
  package let tokens: Int
  /// d: the columns.
  package let width: Int
  /// Rows without a direction, which were left out.
  package let droppedRows: Int
  /// What rounding made negative and was set to 0, as a share of the trace.
  package let clipped: Double

  /// A spectrum that is stored already.
  package init(
    eigenvalues: [Double], tokens: Int, width: Int, droppedRows: Int = 0, clipped: Double = 0
  ) {
    self.eigenvalues = eigenvalues
    self.tokens = tokens
    self.width = width
    self.droppedRows = droppedRows
    self.clipped = clipped
  }

  /// From eigenvalues in any order and of any positive trace: negative ones are rounding and become 0.
  package init(unnormalised values: [Double], tokens: Int, width: Int, droppedRows: Int = 0) {
    var sum = 0.0
    var cut = 0.0
    for value in values { if value > 0 { sum += value } else { cut -= value } }
    precondition(sum > 0 && sum.isFinite, "a spectrum needs a positive trace, not \(sum)")
    self.init(
      eigenvalues: values.map { max($0, 0) / sum }.sorted(by: >), tokens: tokens, width: width,
      droppedRows: droppedRows, clipped: cut / sum)
  }
}

/// Why there is no spectrum.
package enum MissingReason: String, Error, Sendable {
  case noTokens = "no tokens"
  case specialUnknown = "which tokens are special is not known"
  case maskedOut = "the mask leaves no token"
  case oneToken = "one token: centring leaves nothing"
  case allEqual = "all tokens have equal states"
  case allZero = "all states are zero"
  case notFinite = "states are not finite: NaN or infinity, an overflow if weights are float16"
  case tooFew = "too few tokens, or too few different ones, for this measure"
  case noNextToken = "one token: there is no next one to foretell"
  case noConvergence = "the eigenvalue solver did not converge"
}
