// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMeasure
import IsobathRecord
import IsobathStatistics

/// How alike two sites arrange the documents.
package struct LayerSimilarity: PooledAnalysis {
  package let id = "layer-similarity"
  package let title = "Similarity of two layers"

  /// k of the nearest neighbours.
  private static let neighbours = 10
  /// More documents would take minutes, their square counting.
  private static let mostDocuments = 2000
  /// How many numbers the strips of all sites may hold at a time: 128 MiB.
  private static let stripNumbers = 16 << 20

  package var about: String {
    """
    For every two sites of the depth curve, over the documents' mean states: debiased linear CKA (Song \
    et al., J. Mach. Learn. Res. 13, 2012; Kornblith et al., arXiv 1905.00414) and the share of their \
    \(Self.neighbours) nearest documents that both have in common (Huh et al., arXiv 2405.07987). \
    Documents are the examples; beyond \(Self.mostDocuments), so many drawn at random. A row stands for \
    the pair of its site, the one that comes first in the forward pass, and the one that its note names \
    after "with"; both measures are symmetric, and a site with itself has 1.
    """
  }

  package init() {}

  /// The second site of a row.
  package static func other(_ row: Record) -> String? {
    let words = row.note.prefix { $0 != ";" }.split(separator: " ")
    return words.count == 2 && words[0] == "with" ? String(words[1]) : nil
  }

  package func rows(
    _ table: PooledTable, _ options: AnalysisOptions
  ) throws(AnalysisError) -> [Record] {
    let sites = table.sites("mean")
    guard sites.count > 1 else { return [] }
    let (states, notes) = try states(table, sites, options)
    let cka: Result<SiteSimilarities, MissingReason>
    let neighbours: Result<SiteSimilarities, MissingReason>
    do throws(MissingReason) {
      neighbours = .success(try similarities(states, options, neighbours: Self.neighbours))
      cka = neighbours
    } catch {
      // A row of length zero has no nearest neighbours, and a place in CKA all the same.
      neighbours = .failure(error)
      cka = similaritiesAlone(states, options)
    }
    return sites.indices.flatMap { first in
      sites.indices.dropFirst(first + 1).flatMap { second in
        func row(
          _ measure: any Measure, _ value: () throws(MissingReason) -> Double
        ) -> Record {
          var row = table.row(self, site: sites[first], measure: measure)
          row.n = states[0].documents
          return row.filled(["with \(table.name(sites[second]))"], value, notes)
        }
        return [
          row(DebiasedCKA()) { () throws(MissingReason) in
            try cka.get().debiasedCKA(first, second)
          },
          row(MutualNeighbours()) { () throws(MissingReason) in
            try neighbours.get().mutualNeighbours(first, second)
          },
        ]
      }
    }
  }

  /// The rows of the documents that all sites have, and what notes say of them.
  private func states(
    _ table: PooledTable, _ sites: [Int], _ options: AnalysisOptions
  ) throws(AnalysisError) -> ([PooledStates], notes: [String]) {
    var order = Array(0..<table.documents)
    if order.count > Self.mostDocuments {
      RandomStream(seed: options.seed, purpose: "similarity", group: "documents").shuffle(&order)
    }
    let taken = Set(order.prefix(Self.mostDocuments))
    let samples = try concurrently(sites.count, options) { (task) throws(AnalysisError) in
      try table.sample("mean", at: sites[task]).restricted(to: taken)
    }
    let common = samples.dropFirst().reduce(Set(samples[0].documents)) {
      $0.intersection($1.documents)
    }
    let absent = taken.count - common.count
    return (
      samples.map { $0.restricted(to: common).states },
      [
        absent > 0 ? "\(absent) of \(taken.count) documents lack a row" : "",
        taken.count < order.count ? "\(taken.count) of \(order.count) documents, at random" : "",
      ]
    )
  }

  private func similaritiesAlone(
    _ states: [PooledStates], _ options: AnalysisOptions
  ) -> Result<SiteSimilarities, MissingReason> {
    do throws(MissingReason) {
      return .success(try similarities(states, options, neighbours: 0))
    } catch { return .failure(error) }
  }

  private func similarities(
    _ states: [PooledStates], _ options: AnalysisOptions, neighbours: Int
  ) throws(MissingReason) -> SiteSimilarities {
    let n = states[0].documents
    let neighbours = n > neighbours + 1 ? neighbours : 0
    var result = SiteSimilarities(sites: states.count, documents: n, neighbours: neighbours)
    let height = min(max(Self.stripNumbers / max(states.count * n, 1), 1), max(n, 1))
    for start in stride(from: 0, to: n, by: height) {
      let rows = start..<min(start + height, n)
      result.add(
        try concurrently(states.count, options) { (site) throws(MissingReason) in
          try states[site].strip(rows, neighbours: neighbours)
        })
    }
    return result
  }
}

extension Record {
  /// This row with a value, or the reason why there is none, between other notes.
  fileprivate func filled(
    _ before: [String], _ value: () throws(MissingReason) -> Double, _ after: [String]
  ) -> Record {
    var row = self
    do throws(MissingReason) {
      row.estimate = try value()
      row.note = (before + after).joinedNotes
    } catch { row.note = (before + [error.forDocuments] + after).joinedNotes }
    return row
  }
}

extension PooledSample {
  /// The rows of those documents alone that are in a set.
  fileprivate func restricted(to wanted: Set<Int>) -> PooledSample {
    let kept = documents.indices.filter { wanted.contains(documents[$0]) }
    guard kept.count < documents.count else { return self }
    return PooledSample(
      documents: kept.map { documents[$0] }, states: states.chosen(kept),
      units: Units(documents: kept.count), of: of)
  }
}
