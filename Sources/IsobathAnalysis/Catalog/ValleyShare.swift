// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord
import IsobathStatistics

/// How often each site is the lowest of the curve, over resamples.
struct ValleyShare: Analysis {
  let id = "valley-share"
  let title = "Share of resamples whose valley is here"
  let about = """
    For each site of residual.0 … residual.L the share of bootstrap resamples of the documents whose \
    mean curve is lowest there: the distribution behind the valley's interval (percentile method, \
    Efron & Tibshirani 1993, §13.3). The shares of one curve add up to 1.
    """

  func rows(_ table: DocumentTable, _ options: AnalysisOptions) -> [Record] {
    let curves = DepthCurve.all(in: table)
    return zip(curves, table.lowest(curves, options)).flatMap { curve, lowest in
      zip(curve.points, lowest?.shares ?? []).map { site, share in
        var row = site.row(self, unit: "1")
        row.estimate = share
        return row
      }
    }
  }
}
