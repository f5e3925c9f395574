// SPDX-License-Identifier: GPL-3.0-or-later

/// A number computed from a spectrum alone, so that a stored spectrum yields it at any time.
package protocol SpectralMeasure: Measure {
  /// The value; nil when the spectrum does not define it (ln N of one token, say).
  func callAsFunction(_ spectrum: Spectrum) -> Double?
}

/// Every measure without a parameter; the Rényi entropies are `RenyiEntropy(order:)` beside them.
package let measures: [any SpectralMeasure] = [
  VonNeumannEntropy(),
  EntropyPerLogWidth(),
  EntropyPerLogTokens(),
  EntropyPerLogRank(),
  EntropyPerBothLogs(),
  NullEntropy(),
  Deficit(),
  EffectiveRankOfCovariance(),
  EffectiveRankOfStates(),
  ParticipationRatio(),
  StableRank(),
  Anisotropy(),
  SurprisalVariance(),
  SpectralDecay(),
]
