// SPDX-License-Identifier: GPL-3.0-or-later

/// Values of documents at neighbouring sites of a model: what a document has in common, and a
/// part that changes slowly with depth.
struct SimulatedSites: Sendable {
  /// How much of a document's deviation goes on to the next site.
  static let memory = 0.8

  /// Of each site, one value per document, all of mean 0.
  static func rows(
    sites: Int, documents: Int, _ law: SimulatedLaw, _ stream: RandomStream
  ) -> [[Double]] {
    let common = (0..<documents).map { _ in law.draw(stream) - law.mean }
    var part = (0..<documents).map { _ in law.draw(stream) - law.mean }
    let fresh = (1 - memory * memory).squareRoot()
    return (0..<sites).map { _ in
      part = part.map { memory * $0 + fresh * (law.draw(stream) - law.mean) }
      return zip(common, part).map { $0 + $1 }
    }
  }
}
