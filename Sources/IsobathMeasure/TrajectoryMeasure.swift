// SPDX-License-Identifier: GPL-3.0-or-later

/// A number computed from one document's states at one site, which must be at hand.
package protocol TrajectoryMeasure: Measure {
  /// The value, or why there is none.
  func callAsFunction(_ states: Trajectory) throws(MissingReason) -> Double
}

/// Every measure of one document's states.
package let trajectoryMeasures: [any TrajectoryMeasure] = [
  Curvature(),
  MeanCosine(),
  TwoNearestNeighbours(),
  Gride(nearer: 2),
  Gride(nearer: 4),
  Gride(nearer: 8),
  RankMe(),
  MatrixNuclearNorm(),
]
