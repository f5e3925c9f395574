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
    position that fewer than 15 documents reach is not reported, unless all do; nor is one at \
    which most of the documents that go further have not been measured.
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
      series.row(self, interval, notes: reaches[series.key.positionless]?.notes(series) ?? [])
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

  private func reaching(_ series: Series) -> Int { last.values.count { $0 >= series.position } }

  /// Whether more than half of the documents that go as far as this position have a row at it.
  func isMeasured(_ series: Series) -> Bool { 2 * series.members.count > reaching(series) }

  /// How many documents end before, and how many go on without a row here.
  func notes(_ series: Series) -> [String] {
    let short = documents - reaching(series)
    let skipped = reaching(series) - series.members.count
    return [
      short > 0 ? "\(short) of \(documents) documents are shorter" : "",
      skipped > 0 ? "\(skipped) of \(documents) documents were not measured here" : "",
    ]
  }
}

extension Series {
  fileprivate var position: Int { key.position ?? 0 }
}
