// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathAnalysis
import IsobathChart
import IsobathMarkdown
import IsobathRecord

/// The first screen: what changed, where, by how much, and how sure that is.
struct ChangeSection: ReportSection {
  let title = ""

  func content(_ data: ComparisonData) -> SectionContent? {
    var content = SectionContent(
      blocks: [.paragraph("\(strong: ComparisonFinding(data).sentence)")])
    content.blocks.append(.paragraph(Prose(basis(data))))
    let ranges = data.ranges("entropy")
    if !ranges.isEmpty { content.blocks.append(.table(table(data, ranges))) }
    let rows = data.rows(data.mainDifference, "entropy").filter(Wording.isOnCurve)
    guard !rows.isEmpty else { return content }
    content.figures = [figure(data, rows)]
    return content
  }

  private func basis(_ data: ComparisonData) -> String {
    let what = data.isPaired ? "the same \(data.documents) documents" : "different documents"
    let notes = data.comparison.runs.notes.map { " " + $0 }.joined()
    return """
      \(data.words.tuned) less \(data.words.base), on \(what) of \(data.tuned.subject.corpus), preparation \
      \(data.preparation). \
      \(data.isPaired ? "Brackets hold at every site at once (\(data.level))." : "Nothing is tested.")\
      \(notes)
      """
  }

  private func table(_ data: ComparisonData, _ ranges: [ChangedRange]) -> Table {
    Table(
      ["where"],
      numbers: [
        "mean change (nats)", "effective rank ×", "largest", "d_z there", "adjusted p, at most",
      ],
      ranges.map { range in
        let row = Record(estimate: range.estimate, low: range.low, high: range.high)
        let ratio = Record(
          estimate: exp(range.estimate), low: range.low.map { exp($0) },
          high: range.high.map { exp($0) })
        return [
          data.words.span(range.sites), ComparisonWords.signed(row, data.decimals),
          Wording.interval(ratio),
          "\(ComparisonWords.signed(range.peakEstimate, data.decimals)) \(data.words.span([range.peak]))",
          ComparisonWords.signed(data.value(.effect, "entropy", at: range.peak), 2),
          ComparisonWords.p(range.p),
        ]
      })
  }

  private func figure(_ data: ComparisonData, _ rows: [Record]) -> Figure {
    let alt = ComparisonFinding(data).summary
    let band = data.rows(.band, "entropy").filter(Wording.isOnCurve)
    let changed = rows.filter(data.hasChanged)
    let margin = data.comparison.options.margin
    let chart = Chart(
      "Change of the matrix entropy through depth",
      subtitle: "\(data.words.tuned) less \(data.words.base)",
      caption: data.isPaired
        ? "Band: \(data.level) at every site at once; bars: at one site alone; dotted: ± \(Wording.number(margin, 2)) nats."
        : "Bars: \(data.level) of unpaired means.",
      description: alt, x: Axis("Blocks passed (0 = embedding)"),
      y: Axis("Change of H", unit: "nats")
    ) {
      Rule(y: 0, "no change")
      if data.isPaired {
        Rule(y: margin, style: Style(color: .reference, dash: .dotted, width: 1))
        Rule(y: -margin, style: Style(color: .reference, dash: .dotted, width: 1))
        Band(band, x: { Wording.depth($0.site) }, low: \.low, high: \.high)
      }
      ErrorBar(rows, x: { Wording.depth($0.site) }, low: \.low, high: \.high)
      Line(rows, x: { Wording.depth($0.site) }, y: \.estimate, points: false)
      Dot(
        changed, x: { Wording.depth($0.site) }, y: \.estimate, name: "adjusted p < 0.05",
        style: Style(color: .ink, width: 6))
    }
    return Figure(name: "change-by-depth", chart: chart, alt: alt, table: numbers(data, rows))
  }

  private func numbers(_ data: ComparisonData, _ rows: [Record]) -> Table {
    guard data.isPaired else {
      return Table(
        ["site"], numbers: ["difference of means (nats)", "documents"],
        rows.map { [$0.site, ComparisonWords.signed($0), "\($0.n ?? 0)"] })
    }
    let band = data.rows(.band, "entropy")
    return Table(
      ["site"],
      numbers: [
        "change (nats)", "at once", "adjusted p", "p", "p (BH)", "exp change", "no change, p",
      ],
      rows.map { row in
        let at = { (analysis: ComparisonAnalysis) in
          data.value(analysis, "entropy", at: row.site)
        }
        let ends = band.first { $0.site == row.site }
        return [
          row.site, ComparisonWords.signed(row), ComparisonWords.signed(ends),
          ComparisonWords.p(at(.adjusted)?.estimate), ComparisonWords.p(at(.p)?.estimate),
          ComparisonWords.p(at(.discovery)?.estimate), Wording.number(at(.ratio)?.estimate),
          ComparisonWords.p(at(.equivalentP)?.estimate),
        ]
      })
  }
}
