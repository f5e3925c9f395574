// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord

/// The mean prefix entropy over documents, by position.
struct PositionMean: Analysis {
  let id = "position-mean"
  let title = "Mean over documents by position"
  let about = """
    The mean over documents of the entropy of their first t tokens, at each site and position t, \
    with its BCa interval over documents (Efron, JASA 82, 1987). A document shorter than t drops \
    out, so that the documents behind the curve change along it: n says how many are left, and a \
    position that fewer than 15 documents reach is not reported, unless all do.
    """

  func rows(_ table: DocumentTable, _ options: AnalysisOptions) -> [Record] {
    let all = table.series(withPosition: true)
    var reach: [SeriesKey: Set<Int>] = [:]
    for series in all { reach[series.key.positionless, default: []].formUnion(series.documents) }
    let shown = all.filter { series in
      let most = reach[series.key.positionless]?.count ?? 0
      return series.documents.count >= max(1, min(options.fewestAtPosition, most))
    }
    return zip(shown, table.means(shown, options)).map { series, interval in
      let most = reach[series.key.positionless]?.count ?? 0
      let short = most - series.documents.count
      let note = short > 0 ? "\(short) of \(most) documents have no value this far" : ""
      return series.row(self, interval, notes: [note])
    }
  }
}
