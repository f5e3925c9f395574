// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathChart
import IsobathHTML
import IsobathMarkdown
import IsobathRecord

/// A report that can be published as a folder: README.md, the same as one page to send, figures and the
/// rows behind them.
package protocol ReportFolder: Sendable {
  var files: [Report.File] { get }
}

extension ReportFolder {
  /// Writes the files into a folder, each whole or not at all.
  package func write(to folder: String) throws(RecordError) {
    try Folder.create(folder)
    try Folder.create(Folder.join(folder, "figures"))
    for file in files { try AtomicFile.write(file.text, to: Folder.join(folder, file.path)) }
  }

  /// The folder's files.
  ///
  /// - Parameters:
  ///   - blocks: the text, which shows the figures.
  ///   - rows: what the text and the figures say, whole.
  static func files(_ blocks: [Block], rows: [Record], figures: [Figure]) -> [Report.File] {
    [
      Report.File(path: "README.md", text: MarkdownDocument(blocks).text),
      Report.File(path: "records.csv", text: RecordFormat.csv.text(rows)),
    ] + figures.map { Report.File(path: $0.path, text: $0.chart.svg) }
      + [Report.File(path: "report.html", text: page(blocks, figures))]
  }

  /// The report as one page that needs no other file.
  private static func page(_ blocks: [Block], _ figures: [Figure]) -> String {
    let inside = figures.map { ($0.path, $0.inPage) }
    return HTMLPage(
      blocks, figures: Dictionary(inside) { first, _ in first },
      themes: HTMLPage.Themes(light: Theme.light.declarations, dark: Theme.dark.declarations)
    ).text
  }

  /// The files of a report in sections, those that say something under their titles.
  static func files<Subject>(
    _ title: Prose, _ sections: [any ReportSection<Subject>], _ data: Subject, rows: [Record]
  ) throws(MarkdownError) -> [Report.File] {
    var blocks: [Block] = [.heading(1, title)]
    var figures: [Figure] = []
    for section in sections {
      guard let content = section.content(data) else { continue }
      if !section.title.isEmpty { blocks.append(.heading(2, Prose(section.title))) }
      blocks += content.blocks
      for figure in content.figures { blocks += try figure.blocks() }
      figures += content.figures
    }
    return files(blocks, rows: rows, figures: figures)
  }
}
