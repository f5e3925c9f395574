// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord

/// A feature whose value is out of all proportion at one position in many documents.
///
/// Sun et al., arXiv 2402.17762: they sit in a few features of the first token and of delimiters, and
/// hardly depend on the text.
package struct MassiveFeature: Sendable, Equatable {
  package let site: String
  package let feature: Int
  /// From 1, where all of them stand at the same; nil where they do not.
  package let position: Int?
  /// How many documents have it.
  package let documents: Int
  /// The mean of its values over them.
  package let mean: Double

  /// Those of a run, the largest magnitude first.
  package static func all(in run: RunReader) throws(RecordError) -> [MassiveFeature] {
    struct Key: Hashable {
      let site: Int
      let feature: Int
    }
    struct Tally {
      var sum = 0.0
      var count = 0
      var documents: Set<Int> = []
      var positions: Set<Int> = []
    }
    var found: [Key: Tally] = [:]
    for page in run.pages(of: 64) {
      for (offset, document) in try run.documents(page, parts: .activations).enumerated() {
        for row in document.activations {
          let key = Key(site: row.site, feature: row.feature)
          found[key, default: Tally()].sum += row.value
          found[key, default: Tally()].count += 1
          found[key, default: Tally()].documents.insert(page.lowerBound + offset)
          found[key, default: Tally()].positions.insert(row.position)
        }
      }
    }
    return found.map { key, tally in
      MassiveFeature(
        site: run.sites[key.site].name, feature: key.feature,
        position: tally.positions.count == 1 ? tally.positions.first : nil,
        documents: tally.documents.count, mean: tally.sum / Double(tally.count))
    }.sorted { (abs($0.mean), $1.site, $1.feature) > (abs($1.mean), $0.site, $0.feature) }
  }
}
