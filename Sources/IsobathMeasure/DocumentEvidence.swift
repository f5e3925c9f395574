// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// What is kept of one document's states at one site: small enough to store, enough for every
/// spectral measure at every order later.
package struct DocumentEvidence: Sendable {
  /// One preparation's spectrum, or why there is none, and what follows from it.
  package struct Prepared: Sendable {
    package let preparation: Preparation
    package let spectrum: Result<Spectrum, MissingReason>
    /// Of the first preparation; no curves otherwise.
    package let prefixes: PrefixEntropies
    /// Of the first preparation where they were asked for.
    package let contributions: TokenContributions?
  }

  package let prepared: [Prepared]
  /// How long the states are.
  package let sinks: SinkProfile
  /// The states themselves, for measures of them; nil unless they were asked for.
  package let trajectory: Result<Trajectory, MissingReason>?

  /// - Parameters:
  ///   - states: one document's states, tokens × width.
  ///   - preparations: each gives one spectrum; a mask that leaves every token costs nothing more.
  ///   - positions: which prefixes are measured, under the first preparation.
  ///   - orders: Rényi orders of the prefixes beside 1 and 2.
  ///   - rule: what the masks leave out.
  ///   - contributions: whether each token's part of the entropy is kept, under the first preparation.
  ///     The eigenvectors that it needs cost as much again as the eigenvalues.
  ///   - trajectory: whether the states are kept in float64 for what is measured on them later.
  package init(
    _ states: MatrixView, preparations: [Preparation], positions: PositionPolicy,
    orders: [RenyiEntropy] = [], rule: MaskRule = MaskRule(), contributions: Bool = false,
    trajectory: Bool = false
  ) {
    let gram = DocumentGram(
      states, rule, preparations: preparations, prefixes: positions != .none)
    var prepared: [Prepared] = []
    var known: [Measured: Result<Spectrum, MissingReason>] = [:]
    for preparation in preparations {
      let isFirst = prepared.isEmpty
      let masked = gram.masked(preparation, prefixes: isFirst && positions != .none)
      let key = Measured(masked)
      let parts = isFirst && contributions ? masked.contributions() : nil
      let spectrum = parts?.map(\.spectrum) ?? known[key] ?? masked.spectrum()
      known[key] = spectrum
      let prefixes =
        isFirst && spectrum != .failure(.notFinite)
        ? PrefixEntropies(masked, positions, orders: orders, whole: spectrum) : .none
      prepared.append(
        Prepared(
          preparation: preparation, spectrum: spectrum, prefixes: prefixes,
          contributions: parts?.value?.contributions))
    }
    self.prepared = prepared
    sinks = SinkProfile(states, rule: rule, norms: gram.norms)
    self.trajectory = trajectory ? Trajectory.of(states, gram) : nil
  }

  /// What decides a spectrum of a document: preparations that agree in it have the same.
  private struct Measured: Hashable {
    let tokens: [Int]
    let empty: MissingReason
    let centring: Preparation.Centring
    let rows: Preparation.Rows

    init(_ masked: MaskedGram) {
      (tokens, empty) = (masked.tokens, masked.empty)
      (centring, rows) = (masked.preparation.centring, masked.preparation.rows)
    }
  }
}

extension MaskedGram {
  /// The spectrum of all tokens that the mask leaves.
  func spectrum() -> Result<Spectrum, MissingReason> {
    do throws(MissingReason) { return .success(try kernel(tokens.count).spectrum()) } catch {
      return .failure(error)
    }
  }
}

extension Result {
  /// The value, nil where there is none.
  var value: Success? { if case .success(let value) = self { value } else { nil } }
}
