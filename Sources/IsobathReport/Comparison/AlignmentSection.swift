// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathChart
import IsobathMarkdown
import IsobathRecord

/// CKA between the models, layer by layer.
struct AlignmentSection: ReportSection {
  let title = "How alike the two spaces are"

  func content(_ data: ComparisonData) -> SectionContent? {
    let rows = data.rows(.cka, "debiased-cka").filter(Wording.isOnCurve)
    guard rows.count > 1,
      let lowest = rows.min(by: { ($0.estimate ?? .infinity) < ($1.estimate ?? .infinity) })
    else { return nil }
    let alt = """
      CKA over documents between the two models is lowest \(data.words.span([lowest.site])): \
      \(Wording.interval(lowest, 3)).
      """
    let text = """
      \(alt) 1 would say that the documents lie alike in both spaces up to rotation and scale; 0, that they \
      have nothing in common. From \(lowest.n ?? 0) documents, each as the mean of its token states, raw: a \
      token with a huge norm can dominate it, and two spaces can be alike in CKA and differ in entropy.
      """
    let chart = Chart(
      "CKA between the models, layer by layer",
      subtitle:
        "\(data.words.base) and \(data.words.tuned); band: \(data.level) jackknife interval",
      description: alt, x: Axis("Blocks passed (0 = embedding)"),
      y: Axis("Debiased CKA")
    ) {
      Rule(y: 1.0, "alike")
      Band(rows, x: { Wording.depth($0.site) }, low: \.low, high: \.high)
      Line(rows, x: { Wording.depth($0.site) }, y: \.estimate)
    }
    let table = Table(
      ["site"], numbers: ["CKA", "low", "high"],
      rows.map { row in
        [row.site] + [row.estimate, row.low, row.high].map { Wording.number($0, 4) }
      })
    return SectionContent(
      blocks: [.paragraph(Prose(text))],
      figures: [Figure(name: "cka-by-depth", chart: chart, alt: alt, table: table)])
  }
}
