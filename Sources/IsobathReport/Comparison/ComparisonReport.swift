// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathChart
import IsobathMarkdown
import IsobathRecord

/// A part of a comparison's report: what it says of two runs, or nil when they say nothing about it.
protocol ComparisonSection: Sendable {
  var title: String { get }
  func content(_ data: ComparisonData) -> SectionContent?
}

/// Every section, in the order in which a reader wants them.
let comparisonSections: [any ComparisonSection] = [
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
package struct ComparisonReport: Sendable {
  package let files: [Report.File]
  /// The finding, in one paragraph.
  package let finding: String

  package init(_ comparison: Comparison) throws(MarkdownError) {
    let data = ComparisonData(comparison)
    var blocks: [Block] = [.heading(1, Prose(data.words.title))]
    var figures: [Figure] = []
    for section in comparisonSections {
      guard let content = section.content(data) else { continue }
      if !section.title.isEmpty { blocks.append(.heading(2, Prose(section.title))) }
      blocks += content.blocks
      for figure in content.figures { blocks += try figure.blocks() }
      figures += content.figures
    }
    finding = ComparisonFinding(data).sentence
    files =
      [
        Report.File(path: "README.md", text: MarkdownDocument(blocks).text),
        Report.File(path: "records.csv", text: RecordFormat.csv.text(comparison.rows)),
      ] + figures.map { Report.File(path: "figures/\($0.name).svg", text: $0.chart.svg) }
  }

  /// Writes the files into a folder, each whole or not at all.
  package func write(to folder: String) throws(RecordError) {
    try Folder.create(folder)
    try Folder.create(Folder.join(folder, "figures"))
    for file in files { try AtomicFile.write(file.text, to: Folder.join(folder, file.path)) }
  }
}
