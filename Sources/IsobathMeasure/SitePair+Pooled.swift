// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

extension SitePair {
  /// Documents as rows, one vector for each, instead of tokens: what compares two models' spaces over a
  /// corpus.
  ///
  /// - Parameters:
  ///   - first: each document's vector at one site.
  ///   - second: the same documents' vectors at the other, in the same order; widths may differ.
  /// - Throws: `MissingReason.noTokens` without documents, `.notFinite` when a vector is not finite.
  package init(documents first: [[Float]], _ second: [[Float]]) throws(MissingReason) {
    try self.init(SitePair.trajectory(first), SitePair.trajectory(second))
  }

  private static func trajectory(_ rows: [[Float]]) throws(MissingReason) -> Trajectory {
    let width = rows.first?.count ?? 0
    let matrix = Matrix(rows.count, width, rows.flatMap { $0 })
    return try matrix.withView { view throws(MissingReason) in try Trajectory(view) }
  }
}
