// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMarkdown

/// Every section, in the order in which a reader wants them.
let studySections: [any ReportSection<StudyData>] = [
  StudyFindingSection(),
  StudyCurvesSection(),
  StudyRunsSection(),
  StudyProvenanceSection(),
]

/// A study's index: what was found, every curve on one scale, and the way to each report.
package struct StudyReport: ReportFolder {
  package let files: [Report.File]
  package let data: StudyData

  package init(_ data: StudyData) throws(MarkdownError) {
    self.data = data
    files =
      try StudyReport.files(Prose(data.title), studySections, data, rows: data.records)
      + [Report.File(path: "study.yaml", text: data.file)]
  }
}
