// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMarkdown
import IsobathRecord

/// One model over one corpus of a study.
package struct StudyCell: Sendable {
  /// What the study calls them.
  package let model: String
  package let corpus: String
  package let data: StudyRun
  /// Of the run's own report, from the study's folder; nil without one.
  let report: LinkTarget?

  package init(
    model: String, corpus: String, data: StudyRun, report: String?
  ) throws(MarkdownError) {
    self.model = model
    self.corpus = corpus
    self.data = data
    self.report = try report.map { path throws(MarkdownError) in try LinkTarget(path) }
  }
}

/// What a question of a study was answered.
package struct StudyAnswer: Sendable {
  /// "tuned against base, over prose".
  package let title: String
  package let finding: String
  /// Of its report, from the study's folder.
  let report: LinkTarget

  package init(title: String, finding: String, report: String) throws(MarkdownError) {
    self.title = title
    self.finding = finding
    self.report = try LinkTarget(report)
  }
}

/// A study as sections draw on it.
package struct StudyData: Sendable {
  let title: String
  package let cells: [StudyCell]
  package let answers: [StudyAnswer]
  /// The study file, so that the report can be made again.
  let file: String
  /// Models and corpora, in the file's order.
  let models: [String]
  let corpora: [String]

  package init(title: String, cells: [StudyCell], answers: [StudyAnswer], file: String) {
    self.title = title
    self.cells = cells
    self.answers = answers
    self.file = file
    var seen: Set<String> = []
    models = cells.map(\.model).filter { seen.insert($0).inserted }
    seen = []
    corpora = cells.map(\.corpus).filter { seen.insert($0).inserted }
  }

  /// Every mean entropy, deficit, loss and valley, for `records.csv`.
  package var records: [Record] { cells.flatMap(\.data.answers).sortedForExport() }
}
