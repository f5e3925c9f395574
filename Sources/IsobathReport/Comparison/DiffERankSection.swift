// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathChart
import IsobathMarkdown
import IsobathRecord

/// What training took from the effective rank, for an untrained base model.
struct DiffERankSection: ReportSection {
  let title = "Diff-eRank"

  func content(_ data: ComparisonData) -> SectionContent? {
    let measure = "effective-rank-covariance"
    let forms = [ComparisonAnalysis.diffERank, .diffERankB].map {
      data.rows($0, measure).filter(Wording.isOnCurve)
    }
    guard let last = forms[0].last, forms[1].count == forms[0].count else { return nil }
    let second = forms[1].last
    let alt = """
      Diff-eRank \(data.words.span([last.site])), where it was published: \(Wording.interval(last)) \
      dimensions by form (a), \(Wording.interval(second)) by form (b).
      """
    let text = """
      The effective rank exp H that the untrained model has and the trained one has not: (a) exp(mean H) of \
      each, (b) mean exp H of each. \(alt) It depends on the random initialisation\
      \(spread(last)).
      """
    let name = { (row: Record) in
      row.analysis == ComparisonAnalysis.diffERank.id ? "form (a)" : "form (b)"
    }
    let chart = Chart(
      "Diff-eRank through depth",
      subtitle: "\(data.words.base) less \(data.words.tuned); band: \(data.level) interval",
      description: alt, x: Axis("Blocks passed (0 = embedding)"),
      y: Axis("Diff-eRank", unit: "dimensions"), order: ["form (a)", "form (b)"]
    ) {
      Rule(y: 0.0)
      Band(
        forms[0] + forms[1], x: { Wording.depth($0.site) }, low: \.low, high: \.high, series: name)
      Line(forms[0] + forms[1], x: { Wording.depth($0.site) }, y: \.estimate, series: name)
    }
    let table = Table(
      ["site"], numbers: ["(a)", "(b)"],
      zip(forms[0], forms[1]).map { [$0.site, Wording.interval($0), Wording.interval($1)] })
    return SectionContent(
      blocks: [.paragraph(Prose(text))],
      figures: [Figure(name: "diff-erank", chart: chart, alt: alt, table: table)])
  }

  /// What the seeds say, from the row's note.
  private func spread(_ row: Record) -> String {
    let seeds = row.note.split(separator: "; ").first { $0.contains("seeds: ") }
    return seeds.map { "; \($0)" } ?? ", of which there is one seed here"
  }
}
