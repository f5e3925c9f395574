// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord
import IsobathStatistics

/// How far an entropy moves between the embedding, its valley and the last block.
enum Contrast: Analysis, CaseIterable {
  /// Valley less embedding: the compression.
  case fall
  /// Last block less valley: the expansion after it.
  case rise
  /// Last block less embedding.
  case net

  var id: String {
    switch self {
    case .fall: "fall"
    case .rise: "rise"
    case .net: "net-change"
    }
  }

  var title: String {
    switch self {
    case .fall: "Fall from the embedding to the valley"
    case .rise: "Rise from the valley to the last block"
    case .net: "Change from the embedding to the last block"
    }
  }

  var about: String {
    let what =
      switch self {
      case .fall: "The value at the valley less that at the embedding (residual.0)"
      case .rise: "The value after the last block (residual.L) less that at the valley"
      case .net: "The value after the last block (residual.L) less that at the embedding"
      }
    return """
      \(what), document by document, and the mean of these paired differences with its BCa interval \
      over documents (Efron, JASA 82, 1987). The valley is the site where the mean over all \
      documents is lowest, and stays there in every resample: the interval does not count the \
      uncertainty of its place, which the analysis `valley` reports.
      """
  }

  func rows(_ table: DocumentTable, _ options: AnalysisOptions) -> [Record] {
    let pairs = DepthCurve.all(in: table).compactMap(ends)
    let differences = pairs.map { $0.later.less($0.earlier) }
    let intervals = table.means(differences, options)
    return zip(pairs, zip(differences, intervals)).map { pair, found in
      let sites = "\(pair.later.key.site) less \(pair.earlier.key.site)"
      return found.0.row(self, found.1, notes: [sites])
    }
  }

  /// The two sites compared; nil when the curve has fewer than two.
  private func ends(_ curve: DepthCurve) -> (earlier: Series, later: Series)? {
    let sums = curve.points.map { $0.values.reduce(0, +) }
    guard curve.points.count > 1, let first = curve.points.first, let last = curve.points.last,
      let lowest = sums.indices.min(by: { sums[$0] < sums[$1] })
    else { return nil }
    let valley = curve.points[lowest]
    return switch self {
    case .fall: (first, valley)
    case .rise: (valley, last)
    case .net: (first, last)
    }
  }
}
