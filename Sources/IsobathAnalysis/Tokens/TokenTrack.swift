// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMeasure
import IsobathRecord

/// How much of the entropy each token of one document carries, site by site.
package struct TokenTrack: Sendable {
  /// One token at one site.
  package struct Point: Sendable {
    package let site: String
    /// From 1.
    package let position: Int
    package let text: String
    /// h_i/H: 1 for a token that carries as much as the mean.
    package let share: Double
  }

  package let document: String
  package let points: [Point]

  /// - Parameters:
  ///   - index: of the document.
  ///   - length: how many of its first tokens.
  /// - Returns: nil when the run has no contributions of it.
  package init?(
    _ run: RunReader, document index: Int, preparation: String, length: Int
  ) throws(RecordError) {
    let found = try run.documents(index..<(index + 1), parts: [.positions, .tokens])[0]
    guard let texts = found.text?.texts else { return nil }
    var points: [Point] = []
    for curve in found.positions
    where curve.measure == TokenContributions.measure.id && curve.preparation == preparation {
      let mean = curve.estimates.reduce(0, +) / Double(max(curve.estimates.count, 1))
      guard mean > 0 else { continue }
      for (position, value) in zip(curve.positions, curve.estimates)
      where position <= min(length, texts.count) {
        points.append(
          Point(
            site: run.sites[curve.site].name, position: Int(position),
            text: texts[Int(position) - 1], share: value / mean))
      }
    }
    guard !points.isEmpty else { return nil }
    document = found.id
    self.points = points
  }
}
