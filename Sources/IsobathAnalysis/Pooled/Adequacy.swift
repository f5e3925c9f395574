// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord
import IsobathStatistics

/// Whether there are enough documents for the mean of their entropies.
struct Adequacy: Analysis {
  let id = "adequacy"
  let title = "Enough documents"
  let about = """
    The mean matrix entropy over N documents and x of "N documents give ± x nats" (low and high), from \
    20 random subsets each of N/8, N/4 and N/2 documents, drawn without replacement (Politis, Romano & \
    Wolf, Subsampling, 1999; Efron, The Jackknife, the Bootstrap and Other Resampling Plans, 1982). The \
    note's sentence says how many documents would halve x. A mean over documents has no bias: the part \
    "for want of documents" is chance here, and is not in pooled-adequacy.
    """

  func rows(_ table: DocumentTable, _ options: AnalysisOptions) -> [Record] {
    table.adequacies(options).map { series, found in
      let row = series.row(self)
      let units = Units(sources: series.documents.map { table.sources[$0] })
      return row.telling(
        found, documents: series.documents.count, notes: [units.countedSingly, row.note])
    }
  }
}

/// The mean entropy of fewer documents.
struct AdequacyCurve: Analysis {
  let id = "adequacy-curve"
  let title = "Mean entropy of fewer documents"
  let about = """
    The points behind adequacy: the mean over random subsets of n documents of their mean entropy \
    (estimate), and one standard deviation of the subsets to either side (low, high; no confidence \
    interval). Subsets are drawn without replacement: Politis, Romano & Wolf, Subsampling, 1999; see \
    also Efron, The Jackknife, the Bootstrap and Other Resampling Plans, 1982.
    """

  func rows(_ table: DocumentTable, _ options: AnalysisOptions) -> [Record] {
    table.adequacies(options).flatMap { series, found in
      found.value.map { series.row(self).points($0) } ?? []
    }
  }
}

extension DocumentTable {
  /// The adequacy of the mean entropy at each site; nil for too few documents.
  fileprivate func adequacies(
    _ options: AnalysisOptions
  ) -> [(series: Series, found: Found<SampleAdequacy>)] {
    series(withPosition: false).filter { $0.key.measure == "entropy" }.map { series in
      let stream = RandomStream(seed: options.seed, purpose: "adequacy", group: "documents")
      let values = series.values
      let found = SampleAdequacy.fit(
        documents: values.count, level: options.level, stream: stream
      ) { documents in documents.reduce(0) { $0 + values[$1] } / Double(documents.count) }
      return (series, found.map { .value($0) } ?? .missing(reason: SampleAdequacy.tooFew))
    }
  }
}

extension SampleAdequacy {
  /// Why there is none.
  static let tooFew = "fewer than \(fewestDocuments) documents have no subsets to speak of"
}

extension Units {
  /// What to know of subsets that divide sources; empty when there are none.
  var countedSingly: String {
    kind == .source ? "documents of one source are counted singly, so ± is too small" : ""
  }
}

extension Record {
  /// This row with N documents' value ± x and the sentence about it.
  func telling(
    _ found: Found<SampleAdequacy>, documents: Int, notes: [String]
  ) -> Record {
    var row = self
    row.n = documents
    row.note = ([found.value.map { "\($0)" } ?? found.reason ?? ""] + notes).joinedNotes
    guard let adequacy = found.value, let value = adequacy.points.last?.mean else { return row }
    let reach = adequacy.halfWidth(documents: documents)
    row.estimate = value
    (row.low, row.high, row.level) = (value - reach, value + reach, adequacy.level)
    return row
  }

  /// This row once for each size of subsets.
  func points(_ found: SampleAdequacy) -> [Record] {
    found.points.map { point in
      var row = self
      row.n = point.size
      row.estimate = point.mean
      if let spread = point.spread {
        (row.low, row.high) = (point.mean - spread, point.mean + spread)
      }
      row.note = "\(point.subsamples) subset\(point.subsamples == 1 ? "" : "s") of \(point.size)"
      return row
    }
  }
}
