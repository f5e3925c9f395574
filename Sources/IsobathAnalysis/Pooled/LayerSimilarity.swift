// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMeasure
import IsobathRecord

/// How alike two sites arrange the documents.
package struct LayerSimilarity: PooledAnalysis {
  package let id = "layer-similarity"
  package let title = "Similarity of two layers"
  package let about = """
    For every two sites of the depth curve, over the documents' mean states: debiased linear CKA (Song \
    et al., J. Mach. Learn. Res. 13, 2012; Kornblith et al., arXiv 1905.00414) and the share of their 10 \
    nearest documents that both have in common (Huh et al., arXiv 2405.07987). Documents are the \
    examples. A row stands for the pair of its site, the one that comes first in the forward pass, and \
    the one that its note names after "with"; both measures are symmetric, and a site with itself has 1.
    """

  /// k of the nearest neighbours.
  private static let neighbours = 10
  /// How many numbers the strips of all sites may hold at a time: 128 MiB.
  private static let stripNumbers = 16 << 20

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
    let samples = try concurrently(sites.count, options) { (task) throws(AnalysisError) in
      try table.sample("mean", at: sites[task])
    }
    let common = samples.dropFirst().reduce(Set(samples[0].documents)) {
      $0.intersection($1.documents)
    }
    let states = samples.map { sample in
      sample.documents.count == common.count
        ? sample.states
        : sample.states.chosen(
          sample.documents.indices.filter { common.contains(sample.documents[$0]) })
    }
    let measures: [any Measure] = [DebiasedCKA(), MutualNeighbours()]
    let found: SiteSimilarities
    do throws(MissingReason) { found = try similarities(states, options) } catch {
      return measures.map { measure in
        var row = table.row(self, site: sites[0], measure: measure)
        (row.n, row.note) = (common.count, error.forDocuments)
        return row
      }
    }
    let absent = table.documents - common.count
    let note = absent > 0 ? "\(absent) of \(table.documents) documents lack a row" : ""
    return sites.indices.flatMap { first in
      sites.indices.dropFirst(first + 1).flatMap { second in
        measures.map { measure in
          var row = table.row(self, site: sites[first], measure: measure)
          row.n = common.count
          let with = "with \(table.name(sites[second]))"
          do throws(MissingReason) {
            row.estimate =
              measure is DebiasedCKA
              ? try found.debiasedCKA(first, second) : try found.mutualNeighbours(first, second)
            row.note = [with, note].joinedNotes
          } catch { row.note = [with, error.forDocuments, note].joinedNotes }
          return row
        }
      }
    }
  }

  private func similarities(
    _ states: [PooledStates], _ options: AnalysisOptions
  ) throws(MissingReason) -> SiteSimilarities {
    let n = states[0].documents
    let neighbours = n > Self.neighbours + 1 ? Self.neighbours : 0
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
