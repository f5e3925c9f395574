// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathMarkdown

/// Every section, in the order in which a reader wants them.
let stagesSections: [any ReportSection<StagesData>] = [
  StagesFindingSection(),
  StageChangeSection(),
  StageCurvesSection(),
  StageTimeSection(),
  StageOrdersSection(),
  StagesMethodsSection(),
  StagesProvenanceSection(),
  StagesLimitsSection(),
]

/// A course of training, as a folder that can be published: README.md, figures and the rows behind them.
package struct StagesReport: ReportFolder {
  package let files: [Report.File]
  /// The finding, in one paragraph.
  package let finding: String
  package let study: TrainingStages

  package init(_ study: TrainingStages) throws(MarkdownError) {
    let data = StagesData(study)
    self.study = study
    finding = StagesFinding(data).sentence
    files = try StagesReport.files(
      "Matrix entropy through training", stagesSections, data, rows: study.rows)
  }
}
