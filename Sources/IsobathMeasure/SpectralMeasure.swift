// SPDX-License-Identifier: GPL-3.0-or-later

/// The unit of a measure's values.
package enum MeasureUnit: String, Sendable {
  case nats
  /// A number without unit: a ratio.
  case one = "1"
  /// A number of directions.
  case dimensions
}

/// A number computed from a spectrum alone, so that a stored spectrum yields it at any time.
package protocol SpectralMeasure: Sendable {
  /// What the `measure` column holds.
  var id: String { get }
  /// The name a reader sees.
  var title: String { get }
  /// The symbol in formulas and on axes.
  var symbol: String { get }
  var unit: MeasureUnit { get }
  /// How it is computed.
  var formula: String { get }
  /// What it means, its traps, and its source.
  var about: String { get }
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
]
