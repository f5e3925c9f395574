// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// What the pooled spectra of any choice of documents at one site have in common, made once.
///
/// For at most d documents that is the matrix of their inner products less one common row: a choice of
/// documents is a principal block of it, centring is HGH and unit rows divide by √diag (`MaskedGram`,
/// which goes back to the states where digits would be lost). For more documents it is their scatter
/// about one row, d × d, from which the documents left out are subtracted; rows of unit length, whose
/// lengths depend on who takes part, are prepared anew.
package struct PooledGram: Sendable {
  package let states: PooledStates
  private let gram: SymmetricMatrix?
  private let scatter: PooledScatter?

  /// - Throws: `.notFinite` when a row's length overflows.
  package init(_ states: PooledStates) throws(MissingReason) {
    self.states = states
    let norms = states.matrix.withView { rowNorms($0) }
    guard norms.allSatisfy(\.isFinite) else { throw .notFinite }
    let sinks = MaskRule().sinks(norms: norms)
    let isWide = states.documents <= states.width
    gram = isWide ? states.matrix.withView { DocumentGram.shifted($0, sinks: sinks) } : nil
    scatter = isWide ? nil : PooledScatter(states)
  }

  /// The spectrum of all documents' rows, or of some of them.
  ///
  /// - Parameters:
  ///   - preparation: its centring, over these documents, and rows; its mask must leave all.
  ///   - documents: ascending indices; all unless said.
  package func spectrum(
    _ preparation: Preparation, documents chosen: [Int]? = nil
  ) throws(MissingReason) -> Spectrum {
    let documents = chosen ?? Array(0..<states.documents)
    if let scatter, preparation.centring == .tokens, preparation.rows == .asTheyAre,
      let spectrum = try scatter.spectrum(documents)
    {
      return spectrum
    }
    let block = preparation.centring == .tokens ? gram : nil
    let isWhole = documents.count == states.documents
    return try states.matrix.withView { (view) throws(MissingReason) in
      try MaskedGram(
        states: view, preparation: preparation, tokens: documents, empty: .noTokens,
        gram: isWhole ? block : block?.principal(documents)
      ).kernel(documents.count).spectrum()
    }
  }

  /// The participation ratio of the distribution that documents come from, its numerator and
  /// denominator both without bias (`PairSums`).
  ///
  /// - Throws: `.tooFew` for fewer than four documents, or so few that the denominator is not positive.
  package func participationRatio(documents chosen: [Int]? = nil) throws(MissingReason) -> Double {
    let documents = chosen ?? Array(0..<states.documents)
    let sums = gram.map { PairSums($0, documents) } ?? scatter?.pairSums(documents)
    guard let value = sums?.participationRatio else { throw .tooFew }
    return value
  }
}
