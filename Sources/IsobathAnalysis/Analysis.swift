// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord

/// A question asked of a run's rows, answered in rows.
package protocol Analysis: Sendable {
  /// What the `analysis` column of its rows holds.
  var id: String { get }
  /// The name a reader sees.
  var title: String { get }
  /// What it computes, its formula and its source.
  var about: String { get }

  /// The answer, one row for each estimate; a question that the documents cannot answer gives a
  /// row whose note says why.
  func rows(_ table: DocumentTable, _ options: AnalysisOptions) -> [Record]
}

/// Every analysis that there is, in the order in which a report needs them.
package let analyses: [any Analysis] = [
  MeanOverDocuments(),
  Spread(),
  Valley(),
  ValleyShare(),
  Contrast.fall,
  Contrast.rise,
  Contrast.net,
  PaperAggregate.a,
  PaperAggregate.b,
  PaperAggregate.c,
  PositionMean(),
  CurveLink(),

  Adequacy(),
  AdequacyCurve(),
]

/// Asks every analysis of `wanted` of a table.
///
/// - Returns: the answers in the order of exported files.
package func analyse(
  _ table: DocumentTable, _ options: AnalysisOptions, wanted: [any Analysis] = analyses
) -> [Record] {
  wanted.flatMap { $0.rows(table, options) }.sortedForExport()
}
