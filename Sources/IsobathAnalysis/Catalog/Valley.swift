// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord
import IsobathStatistics

/// Where an entropy's mean curve through depth is lowest.
struct Valley: Analysis {
  let id = "valley"
  let title = "Depth of the valley"
  let about = """
    The site at which the mean over documents is lowest along residual.0 … residual.L, and its \
    relative depth (estimate, 0 at the embedding, 1 after the last block). The interval comes from \
    the bootstrap distribution of that arg min over documents: each resample's own mean curve is \
    searched, and the ends are depths of sites. Valleys: Queipo-de-Llano et al., arXiv 2510.06477; \
    bootstrap of an arg min: percentile method, Efron & Tibshirani 1993, §13.3.
    """

  func rows(_ table: DocumentTable, _ options: AnalysisOptions) -> [Record] {
    let curves = DepthCurve.all(in: table)
    return zip(curves, table.lowest(curves, options)).compactMap { curve, lowest in
      guard let lowest else {
        return curve.points.first?.row(self, unit: "depth", notes: [curve.whyNoValley])
      }
      let site = curve.points[lowest.row]
      let share = Int((100 * lowest.shares[lowest.row]).rounded())
      var row = site.row(
        self, unit: "depth", notes: ["lowest here in \(share) % of the resamples"])
      row.estimate = site.key.depth
      row.low = curve.points[lowest.interval.lowerBound].key.depth
      row.high = curve.points[lowest.interval.upperBound].key.depth
      row.level = options.level
      return row
    }
  }
}

extension DepthCurve {
  /// Why the lowest point of this curve cannot be bootstrapped.
  fileprivate var whyNoValley: String {
    if points.count < 2 { return "a valley needs at least two depths" }
    return documents.isEmpty
      ? "no document has a value at every depth"
      : "one document, or documents of one source, cannot be resampled"
  }
}
