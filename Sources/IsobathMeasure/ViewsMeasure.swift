// SPDX-License-Identifier: GPL-3.0-or-later

/// Two augmented views of the same documents at one site: row i of both is document i.
///
/// The caller makes the views (another wording, dropped words, other noise) and pools each to a row.
package struct Views: Sendable {
  package let first: Trajectory
  package let second: Trajectory
  /// How many of the cyclic shifts stand for chance pairings.
  package let shifts: Int

  /// The number of documents.
  var documents: Int { first.tokens }

  /// - Parameters:
  ///   - first: documents × width.
  ///   - second: the same documents, the same width.
  ///   - shifts: the pairings by chance that are averaged; all of them where there are fewer. Cyclic
  ///     shifts pair no document with itself and need no random numbers; put documents in an order
  ///     that means nothing.
  package init(_ first: Trajectory, _ second: Trajectory, shifts: Int = 10) {
    precondition(
      first.tokens == second.tokens && first.width == second.width && shifts > 0,
      """
      Views: \(first.tokens)×\(first.width) and \(second.tokens)×\(second.width), \(shifts) shifts
      """)
    self.first = first
    self.second = second
    self.shifts = shifts
  }
}

/// A number computed from two views of many documents.
package protocol ViewsMeasure: Measure {
  /// The value, or why there is none.
  func callAsFunction(_ views: Views) throws(MissingReason) -> Double
}

/// Every measure of augmented views.
package let viewsMeasures: [any ViewsMeasure] = [
  InfoNCE(),
  Lidar(),
  Dime(),
]
