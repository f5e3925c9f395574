// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMeasure
import IsobathRecord
import IsobathStatistics

/// Whether there are enough documents for the pooled entropy.
struct PooledAdequacy: PooledAnalysis {
  let id = "pooled-adequacy"
  let title = "Enough documents for the pooled entropy"
  let about = """
    The pooled entropy of documents' means (pooled-mean) at the embedding, the middle and the \
    last block, uncorrected, with N documents, ± x from subsamples of N/8, N/4 and N/2 documents without replacement \
    (low and high): how much it varies from one set of N documents to another. The note's sentence says \
    how much of it is for want of documents, by the line against 1/N, and how many would halve x. After \
    Quenouille 1949 and Politis, Romano & Wolf, Subsampling, 1999.
    """

  func rows(_ table: PooledTable, _ options: AnalysisOptions) throws(AnalysisError) -> [Record] {
    try AdequateSites(table, options).map { site, preparation, sample, found in
      let row = table.row(
        self, site: site, measure: VonNeumannEntropy(), preparation: preparation.id)
      return [
        row.telling(
          found, documents: sample.documents.count,
          notes: sample.notes + [sample.units.countedSingly])
      ]
    }
  }
}

/// The pooled entropy of fewer documents.
struct PooledAdequacyCurve: PooledAnalysis {
  let id = "pooled-adequacy-curve"
  let title = "Pooled entropy of fewer documents"
  let about = """
    The points behind pooled-adequacy: the mean uncorrected pooled entropy (estimate) of random subsets \
    of n documents, and one standard deviation of the subsets to either side (low, high; no confidence \
    interval). A straight line against 1/n is what the correction by halves takes away (Quenouille \
    1949); where points bend, the correction leaves some bias.
    """

  func rows(_ table: PooledTable, _ options: AnalysisOptions) throws(AnalysisError) -> [Record] {
    try AdequateSites(table, options).map { site, preparation, _, found in
      let row = table.row(
        self, site: site, measure: VonNeumannEntropy(), preparation: preparation.id)
      return found.value.map { row.points($0) } ?? []
    }
  }
}

/// Runs over the sites and preparations at which the pooled entropy's adequacy is asked for.
private struct AdequateSites {
  private let table: PooledTable
  private let options: AnalysisOptions
  private let sites: [Int]

  /// Half of the documents' spectrum, in the units of `PooledEffort.cost`, from where on fewer subsets do.
  private static let affordable = 2e7

  init(_ table: PooledTable, _ options: AnalysisOptions) {
    self.table = table
    self.options = options
    let all = table.sites("mean").filter { table.name($0).hasPrefix("residual.") }
    sites = Array(Set([all.first, all.isEmpty ? nil : all[(all.count - 1) / 2], all.last]))
      .compactMap { $0 }.sorted()
  }

  func map(
    _ body: @Sendable (Int, Preparation, PooledSample, Found<SampleAdequacy>) -> [Record]
  ) throws(AnalysisError) -> [Record] {
    let tasks = sites.flatMap { site in pooledPreparations.map { (site, $0) } }
    return try concurrently(tasks.count, options) { (task) throws(AnalysisError) -> [Record] in
      let (site, preparation) = tasks[task]
      let sample = try table.sample("mean", at: site)
      return body(site, preparation, sample, adequacy(of: sample, preparation))
    }.flatMap { $0 }
  }

  private func adequacy(
    of sample: PooledSample, _ preparation: Preparation
  ) -> Found<SampleAdequacy> {
    let n = sample.documents.count
    let isCheap = PooledEffort.cost(n / 2, sample.states.width) < Self.affordable
    let stream = RandomStream(seed: options.seed, purpose: "adequacy", group: "documents")
    do throws(MissingReason) {
      let gram = try PooledGram(sample.states)
      let found = try SampleAdequacy.fit(
        documents: n, subsamples: isCheap ? 20 : 6, level: options.level, stream: stream
      ) { (documents) throws(MissingReason) in try gram.entropy(preparation, documents) }
      return found.map { .value($0) } ?? .missing(reason: SampleAdequacy.tooFew)
    } catch { return .missing(reason: error.forDocuments) }
  }
}
