// SPDX-License-Identifier: GPL-3.0-or-later

/// Which documents are drawn together: each alone, or all documents of one source at once.
///
/// Documents of one source are not independent, and an interval that resamples them singly is
/// too narrow; drawing whole sources (the cluster bootstrap, Davison & Hinkley 1997, §3.8) is not.
package struct Units: Sendable, Equatable {
  /// How many documents.
  package let documents: Int
  package let kind: ResampledUnit
  /// The documents of each unit, ascending; units in the order of their first document.
  let members: [[Int]]

  /// How many units.
  package var count: Int { members.count }

  /// Every document for itself.
  package init(documents n: Int) {
    documents = n
    kind = .document
    members = (0..<n).map { [$0] }
  }

  /// Documents by their source, one name per document; a document without one stands alone.
  ///
  /// When no two documents share a source this is the same as resampling documents.
  package init(sources: [String?]) {
    var unitOfSource: [String: Int] = [:]
    var members: [[Int]] = []
    for (document, source) in sources.enumerated() {
      if let source, let unit = unitOfSource[source] {
        members[unit].append(document)
      } else {
        if let source { unitOfSource[source] = members.count }
        members.append([document])
      }
    }
    documents = sources.count
    kind = members.count == sources.count ? .document : .source
    self.members = members
  }

  /// Whether each unit is one document, so that a resample always has n of them.
  var areDocuments: Bool { kind == .document }
}
