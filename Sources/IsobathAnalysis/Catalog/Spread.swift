// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord
import IsobathStatistics

/// How much documents differ: quantiles of the per-document values.
struct Spread: Analysis {
  let id = "spread"
  let title = "Spread over documents"
  let about = """
    The median of the per-document values (estimate) and the quantiles between which half of them \
    (level 0.5: 25 % and 75 %) and nine tenths of them (level 0.9: 5 % and 95 %) lie. Not a \
    confidence interval: it does not narrow with more documents. Linear interpolation between order \
    statistics (type 7 of Hyndman & Fan, The American Statistician 50, 1996).
    """

  /// Which share of the documents lies between which quantiles.
  private static let ranges: [(level: Double, low: Double, high: Double)] = [
    (0.5, 0.25, 0.75), (0.9, 0.05, 0.95),
  ]

  func rows(_ table: DocumentTable, _ options: AnalysisOptions) -> [Record] {
    table.series(withPosition: false).flatMap { series in
      let sorted = SortedValues(series.values)
      return Self.ranges.map { range in
        var row = series.row(self)
        row.estimate = sorted.quantile(0.5)
        row.low = sorted.quantile(range.low)
        row.high = sorted.quantile(range.high)
        row.level = range.level
        return row
      }
    }
  }
}
