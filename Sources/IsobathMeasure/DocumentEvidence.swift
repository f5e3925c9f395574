// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// What is kept of one document's states at one site: small enough to store, enough for every
/// spectral measure at every order later.
package struct DocumentEvidence: Sendable {
  /// One preparation's spectrum, or why there is none, and its prefixes' entropies.
  package struct Prepared: Sendable {
    package let preparation: Preparation
    package let spectrum: Result<Spectrum, MissingReason>
    package let prefixes: PrefixEntropies
  }

  package let prepared: [Prepared]
  /// The L2 norm of each token's state.
  package let norms: [Double]

  /// - Parameters:
  ///   - states: one document's states, tokens × width.
  ///   - preparations: each gives one spectrum.
  ///   - positions: which prefixes are measured, under the first preparation.
  package init(
    _ states: MatrixView, preparations: [Preparation], positions: PositionPolicy
  ) {
    norms = (0..<states.rows).map { row in
      var sum = 0.0
      for column in 0..<states.columns {
        let value = Double(states[row, column])
        sum += value * value
      }
      return sum.squareRoot()
    }
    prepared = preparations.enumerated().map { index, preparation in
      let spectrum = DocumentEvidence.spectrum(states, preparation)
      let finite = index == 0 && spectrum != .failure(.notFinite)
      return Prepared(
        preparation: preparation, spectrum: spectrum,
        prefixes: PrefixEntropies(states, preparation, finite ? positions : .none))
    }
  }

  private static func spectrum(
    _ states: MatrixView, _ preparation: Preparation
  ) -> Result<Spectrum, MissingReason> {
    do throws(MissingReason) {
      return .success(try IsobathMeasure.Prepared(states, preparation).spectrum())
    } catch { return .failure(error) }
  }
}
