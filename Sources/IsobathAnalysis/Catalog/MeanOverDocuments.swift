// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord

/// The mean of a quantity over documents, with its interval.
struct MeanOverDocuments: Analysis {
  let id = "mean"
  let title = "Mean over documents"
  let about = """
    The mean of the per-document values, with a bias-corrected and accelerated bootstrap interval \
    (BCa; Efron, JASA 82, 1987) over documents, or over their sources where several documents come \
    from one. Every site, order and preparation sees the same resamples. Documents without a value \
    are left out and counted in the note.
    """

  func rows(_ table: DocumentTable, _ options: AnalysisOptions) -> [Record] {
    let series = table.series(withPosition: false)
    return zip(series, table.means(series, options)).map { $0.row(self, $1) }
  }
}
