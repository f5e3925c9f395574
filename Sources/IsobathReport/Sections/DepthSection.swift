// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathChart
import IsobathMarkdown
import IsobathRecord

/// Entropy through depth, with its interval and the null.
struct DepthSection: ReportSection {
  let title = "Through depth"

  func content(_ data: ReportData) -> SectionContent? {
    let rows = data.rows("mean", "entropy").filter(Wording.isOnCurve)
    guard rows.count > 1 else { return nil }
    let null = data.mean("null-entropy", at: rows[0].site)?.estimate
    return SectionContent(
      blocks: [.paragraph(Prose(text(data, rows, null)))], figures: [figure(data, rows, null)])
  }

  private func text(_ data: ReportData, _ rows: [Record], _ null: Double?) -> String {
    let valley = data.answer("valley")?.site ?? rows[0].site
    let deficit = data.mean("deficit", at: valley)
    let chance =
      null == nil
      ? ""
      : """
       Independent random directions would have \(Wording.number(null, 2)) nats at these lengths; after \
      \(Wording.place(valley, blocks: data.blocks)), the states lie \(Wording.interval(deficit)) nats \
      below.
      """
    let norm =
      rows.contains { $0.site == "final-norm" }
      ? " The final norm stands apart: it rescales features, so its value does not continue the curve."
      : ""
    return """
      The matrix entropy of each document's states after every block, averaged over documents.\
      \(chance)\(norm)
      """
  }

  private func figure(_ data: ReportData, _ rows: [Record], _ null: Double?) -> Figure {
    let level = Wording.percent(data.level)
    let twin = data.twin.map { data.rows("mean", "entropy", preparation: $0) } ?? []
    let curves = rows + twin.filter(Wording.isOnCurve)
    let label = { (row: Record) in
      twin.isEmpty ? "" : row.preparation == data.preparation ? "all tokens" : "without the first"
    }
    let chart = Chart(
      "Matrix entropy through depth",
      subtitle: "\(data.model): mean over \(data.documents) documents, preparation "
        + "\(data.preparation); band: \(level) interval",
      description: Finding(data).sentence,
      x: Axis("Blocks passed (0 = embedding)"), y: Axis("Matrix entropy H", unit: "nats")
    ) {
      if let null { Rule(y: null, "isotropic null") }
      if let valley = data.answer("valley"), valley.estimate != nil {
        Rule(x: Wording.depth(valley.site), "valley")
      }
      Band(curves, x: { Wording.depth($0.site) }, low: \.low, high: \.high, series: label)
      Line(curves, x: { Wording.depth($0.site) }, y: \.estimate, series: label)
    }
    let table = Table(
      ["site"], numbers: ["H (nats)", "low", "high", "null", "deficit", "documents"],
      rows.map { row in
        [
          row.site, Wording.number(row.estimate), Wording.number(row.low),
          Wording.number(row.high),
          Wording.number(data.mean("null-entropy", at: row.site)?.estimate),
          Wording.number(data.mean("deficit", at: row.site)?.estimate), "\(row.n ?? 0)",
        ]
      })
    return Figure(
      name: "entropy-by-depth", chart: chart, alt: Finding(data).sentence, table: table)
  }
}
