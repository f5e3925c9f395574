// SPDX-License-Identifier: GPL-3.0-or-later

/// The unit of a measure's values.
package enum MeasureUnit: String, Sendable {
  case nats
  /// The unit of a variance of nats.
  case squareNats = "nats²"
  /// A number without unit: a ratio.
  case one = "1"
  /// A number of directions.
  case dimensions
  case radians
}

/// What every measure says of itself, whatever it is computed from.
package protocol Measure: Sendable {
  /// What the `measure` column holds.
  var id: String { get }
  /// The name a reader sees.
  var title: String { get }
  /// The name where there is little room.
  var shortTitle: String { get }
  /// The symbol in formulas and on axes.
  var symbol: String { get }
  var unit: MeasureUnit { get }
  /// How it is computed.
  var formula: String { get }
  /// What it means, its traps, and its source.
  var about: String { get }
}

extension Measure {
  package var shortTitle: String { title }
}

/// Every measure of any kind, for lists and explanations.
package let allMeasures: [any Measure] =
  measures as [any Measure] + [RenyiEntropy.shannon, TokenContributions.measure]
  + trajectoryMeasures + pairMeasures + viewsMeasures + SiteScalar.all
