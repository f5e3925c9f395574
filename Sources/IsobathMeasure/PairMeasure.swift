// SPDX-License-Identifier: GPL-3.0-or-later

/// The states of one document at two sites, of one model or of two: the same tokens in both.
package struct SitePair: Sendable {
  package let first: Trajectory
  package let second: Trajectory

  /// The number of tokens.
  var tokens: Int { first.tokens }

  /// - Precondition: as many tokens at both sites; widths may differ.
  package init(_ first: Trajectory, _ second: Trajectory) {
    precondition(
      first.tokens == second.tokens,
      "SitePair: \(first.tokens) and \(second.tokens) tokens of one document")
    self.first = first
    self.second = second
  }
}

/// A number that compares two sites.
package protocol PairMeasure: Measure {
  /// Whether the value stays when the sites change places.
  var isSymmetric: Bool { get }
  /// The value, or why there is none.
  func callAsFunction(_ pair: SitePair) throws(MissingReason) -> Double
}

/// Every measure of two sites.
package let pairMeasures: [any PairMeasure] = [
  LinearCKA(),
  DebiasedCKA(),
  MutualNeighbours(),
  InformationImbalance.forward,
  InformationImbalance.back,
  JointEntropy(),
  ConditionalEntropy(),
  MutualInformation(),
]
