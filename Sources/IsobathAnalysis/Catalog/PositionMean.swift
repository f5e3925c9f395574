// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord

/// The mean prefix entropy over documents, by position.
struct PositionMean: Analysis {
  let id = "position-mean"
  let title = "Mean over documents by position"
  let about = """
    The mean over documents of the entropy of their first t tokens, at each site and position t, \
    with its BCa interval over documents (Efron, JASA 82, 1987). A document shorter than t drops \
    out, so that the documents behind the curve change along it: n says how many are left. A \
    position that fewer than 15 documents reach is not reported, unless all do; nor is one that \
    some longer document has not been measured at.
    """

  func rows(_ table: DocumentTable, _ options: AnalysisOptions) -> [Record] {
    let all = table.series(withPosition: true)
    let reaches = Dictionary(grouping: all, by: \.key.positionless).mapValues(Reach.init)
    let shown = all.filter { series in
      guard let reach = reaches[series.key.positionless] else { return false }
      let fewest = max(1, min(options.fewestAtPosition, reach.documents))
      return series.documents.count >= fewest && reach.isMeasured(series)
    }
    return zip(shown, table.means(shown, options)).map { series, interval in
      let all = reaches[series.key.positionless]?.documents ?? series.members.count
      let short = all - series.members.count
      let note = short > 0 ? "\(short) of \(all) documents are shorter" : ""
      return series.row(self, interval, notes: [note])
    }
  }
}

/// How far each document's positions go.
private struct Reach {
  private let last: [Int: Int]

  init(_ series: [Series]) {
    var last: [Int: Int] = [:]
    for one in series {
      for document in one.members { last[document] = max(last[document] ?? 0, one.position) }
    }
    self.last = last
  }

  var documents: Int { last.count }

  /// Whether every document that goes as far as this position has a row at it.
  func isMeasured(_ series: Series) -> Bool {
    last.values.count { $0 >= series.position } == series.members.count
  }
}

extension Series {
  fileprivate var position: Int { key.position ?? 0 }
}
