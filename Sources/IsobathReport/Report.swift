// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMarkdown

/// A run as a folder that can be published: README.md, figures and the rows behind them.
package struct Report: ReportFolder {
  /// One file of the report, by its path in the report's folder.
  package struct File: Sendable, Equatable {
    package let path: String
    package let text: String
  }

  package let files: [File]
  /// The finding, in one paragraph.
  package let finding: String

  package init(_ data: ReportData) throws(MarkdownError) {
    finding = Finding(data).sentence
    files = try Report.files(
      "Matrix entropy of \(data.model) through depth", sections, data, rows: data.answers)
  }
}
