// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathChart
import IsobathMarkdown
import IsobathRecord

/// The two models' own curves.
struct BothCurvesSection: ReportSection {
  let title = "The two curves"

  func content(_ data: ComparisonData) -> SectionContent? {
    let base = data.rows(.base, "entropy").filter(Wording.isOnCurve)
    let tuned = data.rows(.tuned, "entropy").filter(Wording.isOnCurve)
    guard tuned.count > 1, base.count == tuned.count else { return nil }
    let lows = [base, tuned].compactMap { rows in
      rows.filter { $0.site.hasPrefix("residual.") }.min {
        ($0.estimate ?? .infinity) < ($1.estimate ?? .infinity)
      }
    }
    guard lows.count == 2 else { return nil }
    let alt = """
      Both models' matrix entropy by layer. It is lowest \(data.words.span([lows[0].site])) in \
      \(data.words.base), at \(Wording.interval(lows[0])) nats, and \(data.words.span([lows[1].site])) in \
      \(data.words.tuned), at \(Wording.interval(lows[1])).
      """
    let text = """
      \(alt) These intervals are each model's own: they can overlap where the paired difference above does \
      not hold 0, because the same documents went through both.
      """
    return SectionContent(
      blocks: [.paragraph(Prose(text))], figures: [figure(data, base, tuned, alt)])
  }

  private func figure(
    _ data: ComparisonData, _ base: [Record], _ tuned: [Record], _ alt: String
  ) -> Figure {
    let name = { (row: Record) in
      row.analysis == ComparisonAnalysis.base.id ? data.words.base : data.words.tuned
    }
    // Models of other depths share the tuned one's axis.
    let sites = Dictionary(data.comparison.runs.sites.map { ($0.base, $0.tuned) }) { first, _ in
      first
    }
    let place = { (row: Record) in
      Wording.depth(
        row.analysis == ComparisonAnalysis.base.id ? sites[row.site] ?? row.site : row.site)
    }
    let chart = Chart(
      "Matrix entropy of both models through depth",
      subtitle:
        "Mean over documents, preparation \(data.preparation); band: \(data.level) interval",
      description: alt, x: Axis("Blocks passed (0 = embedding)"),
      y: Axis("Matrix entropy H", unit: "nats"), order: [data.words.base, data.words.tuned],
      legend: .above
    ) {
      Band(base + tuned, x: place, low: \.low, high: \.high, series: name)
      Line(base + tuned, x: place, y: \.estimate, series: name)
    }
    let table = Table(
      ["site"], numbers: ["\(data.words.base) (nats)", "\(data.words.tuned) (nats)"],
      zip(base, tuned).map { base, tuned in
        [tuned.site, Wording.interval(base, 3), Wording.interval(tuned, 3)]
      })
    return Figure(name: "both-curves", chart: chart, alt: alt, table: table)
  }
}
