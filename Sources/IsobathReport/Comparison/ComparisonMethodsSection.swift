// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathMarkdown
import IsobathRecord
import IsobathStatistics

/// How the comparison was made, in the analyses' own words.
struct ComparisonMethodsSection: ReportSection {
  let title = "Methods"

  func content(_ data: ComparisonData) -> SectionContent? {
    let used = Set(data.comparison.rows.map(\.analysis))
    let asked = ComparisonAnalysis.allCases.filter { used.contains($0.id) }
    return SectionContent(blocks: [
      .paragraph(Prose(data.isPaired ? paired(data) : unpaired(data))),
      .details(
        summary: "Analyses",
        [.bullets(asked.map { "\(strong: $0.title) (\(code: $0.id)): \($0.about)" })]),
      .details(
        summary: "Columns of records.csv",
        [.bullets(IsobathRecord.Column.all.map { "\(code: $0.name): \($0.meaning)" })]),
    ])
  }

  private func paired(_ data: ComparisonData) -> String {
    let options = data.comparison.options
    let margin = Wording.number(options.margin, 3)
    let percent = Wording.percent(exponentialLessOne(options.margin))
    return """
      The documents' tokens are the same in both runs (checked by digest), so each document is its own \
      control. The family of every adjusted p and of every band is all compared sites of one measure, \
      order and preparation: \(data.comparison.runs.sites.count) sites here; curves are not adjusted for \
      each other. A range is a run of neighbouring sites with adjusted p below 0.05 and one sign. "No \
      change" means that the mean difference is shown to lie within ±\(margin) nats, so the effective rank \
      within about \(percent); --margin sets it. Intervals: \(options.analysis.method.title), \
      \(options.analysis.resamples) resamples of documents; seed \(Int(clamping: options.analysis.seed)).
      """
  }

  /// e^x − 1 to the second order: what a margin means for a rank.
  private func exponentialLessOne(_ x: Double) -> Double { x + x * x / 2 }

  private func unpaired(_ data: ComparisonData) -> String {
    """
    The runs were compared without pairing, as asked: each mean has its own bootstrap over its own \
    documents, and nothing is tested, since documents differ as well as models.
    """
  }
}
