// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathChart
import IsobathMarkdown
import IsobathRecord

/// A run as a folder that can be published: README.md, figures and the rows behind them.
package struct Report: Sendable {
  /// One file of the report, by its path in the report's folder.
  package struct File: Sendable, Equatable {
    package let path: String
    package let text: String
  }

  package let files: [File]
  /// The finding, in one paragraph.
  package let finding: String

  package init(_ data: ReportData) throws(MarkdownError) {
    var blocks: [Block] = [.heading(1, "Matrix entropy of \(data.model) through depth")]
    var figures: [Figure] = []
    for section in sections {
      guard let content = section.content(data) else { continue }
      if !section.title.isEmpty { blocks.append(.heading(2, Prose(section.title))) }
      blocks += content.blocks
      for figure in content.figures { blocks += try figure.blocks() }
      figures += content.figures
    }
    finding = Finding(data).sentence
    files =
      [
        File(path: "README.md", text: MarkdownDocument(blocks).text),
        File(path: "records.csv", text: RecordFormat.csv.text(data.answers)),
      ] + figures.map { File(path: "figures/\($0.name).svg", text: $0.chart.svg) }
  }

  /// Writes the files into a folder, each whole or not at all.
  package func write(to folder: String) throws(RecordError) {
    try Folder.create(folder)
    try Folder.create(Folder.join(folder, "figures"))
    for file in files { try AtomicFile.write(file.text, to: Folder.join(folder, file.path)) }
  }
}
