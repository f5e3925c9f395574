// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathChart
import IsobathHTML
import IsobathMarkdown

/// A part of a report: what it says of its subject, or nil when the subject says nothing about it.
protocol ReportSection<Subject>: Sendable {
  /// What is reported on: one run, or two of them.
  associatedtype Subject

  var title: String { get }
  func content(_ data: Subject) -> SectionContent?
}

/// What a section puts into the report.
struct SectionContent: Sendable {
  var blocks: [Block] = []
  var figures: [Figure] = []
}

/// A figure with its alternative text and the numbers behind it.
struct Figure: Sendable {
  /// The file's name without its ending.
  let name: String
  let chart: Chart
  /// What the figure shows, in a sentence.
  let alt: String
  let table: Table

  /// The file in the report's folder.
  var path: String { "figures/\(name).svg" }

  /// The figure as a part of a page, drawn anew for phones: there a panel stands alone in its row.
  var inPage: HTMLFigure {
    var narrow = chart
    narrow.width = min(chart.width, Figure.phone)
    narrow.panelHeight = chart.panelHeight.map { $0 * narrow.width / chart.width }
    return HTMLFigure(
      wide: drawing(chart, "figure-\(name)", full: Figure.page),
      narrow: drawing(narrow, "figure-\(name)-narrow", full: Figure.phone))
  }

  /// Widths of figures, in px: as most charts have it, and where a phone shows words as they are.
  private static let (page, phone) = (760.0, 420.0)

  private func drawing(_ chart: Chart, _ id: String, full: Double) -> HTMLFigure.Drawing {
    let drawn = chart.interactive(id: id)
    return HTMLFigure.Drawing(svg: drawn.svg, values: drawn.values, width: chart.width / full)
  }

  /// The figure and, folded, its data.
  func blocks() throws(MarkdownError) -> [Block] {
    [
      .image(try LinkTarget(path), alt: alt),
      .details(summary: "The numbers of this figure", [.table(table)]),
    ]
  }
}

/// Every section, in the order in which a reader wants them.
let sections: [any ReportSection<ReportData>] = [
  FindingSection(),
  DepthSection(),
  SinkSection(),
  OrdersSection(),
  PositionsSection(),
  TokensSection(),
  SpectraSection(),
  SpreadSection(),
  StatesSection(),
  PredictionSection(),
  LayersSection(),
  CorpusSection(),
  ViewsSection(),
  MultiverseSection(),
  PublishedSection(),
  MeasuresSection(),
  MissingSection(),
  MethodsSection(),
  ProvenanceSection(),
  LimitsSection(),
]
