// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathMarkdown

/// Every section, in the order in which a reader wants them.
let comparisonSections: [any ReportSection<ComparisonData>] = [
  ChangeSection(),
  BothCurvesSection(),
  DiffERankSection(),
  EffectSection(),
  OrderChangeSection(),
  PrefixChangeSection(),
  AlignmentSection(),
  OtherPreparationsSection(),
  OtherMeasuresSection(),
  ComparisonMethodsSection(),
  ComparisonProvenanceSection(),
  ComparisonLimitsSection(),
]

/// Two runs compared, as a folder that can be published: README.md, figures and the rows behind them.
package struct ComparisonReport: ReportFolder {
  package let files: [Report.File]
  /// The finding, in one paragraph.
  package let finding: String
  package let comparison: Comparison
  /// The base and the other model, as figures name them.
  package let names: (base: String, tuned: String)

  package init(_ comparison: Comparison) throws(MarkdownError) {
    let data = ComparisonData(comparison)
    self.comparison = comparison
    names = (data.words.base, data.words.tuned)
    finding = ComparisonFinding(data).sentence
    files = try ComparisonReport.files(
      Prose(data.words.title), comparisonSections, data, rows: comparison.rows)
  }
}
