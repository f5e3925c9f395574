// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathChart
import IsobathMarkdown
import IsobathRecord

/// Effect sizes site by site, as a forest: how consistent the change is over documents.
struct EffectSection: ReportSection {
  let title = "How consistent the change is"

  /// More rows than this are thinned: evenly, with the largest kept.
  private static let most = 26

  func content(_ data: ComparisonData) -> SectionContent? {
    let all = data.rows(.effect, "entropy").filter { $0.estimate != nil && $0.low != nil }
    guard all.count > 1, let largest = all.max(by: smaller) else { return nil }
    let rows = thinned(all, keeping: largest)
    let alt = """
      d_z is largest \(data.words.span([largest.site])): \(ComparisonWords.signed(largest, 2)).
      """
    let text = """
      d_z is the mean change over the spread of the documents' changes: at ±0.5 about 69 % of documents \
      move the same way, at ±1 about 84 %, if changes are normal. \(alt)\
      \(rows.count < all.count ? " \(rows.count) of \(all.count) sites are drawn." : "")
      """
    return SectionContent(
      blocks: [.paragraph(Prose(text))], figures: [figure(data, rows, all, alt)])
  }

  private func smaller(_ a: Record, _ b: Record) -> Bool {
    abs(a.estimate ?? 0) < abs(b.estimate ?? 0)
  }

  private func thinned(_ rows: [Record], keeping largest: Record) -> [Record] {
    guard rows.count > EffectSection.most else { return rows }
    let step = (rows.count + EffectSection.most - 2) / (EffectSection.most - 1)
    return rows.enumerated().filter { index, row in
      index % step == 0 || index == rows.count - 1 || row == largest
    }.map(\.element)
  }

  private func figure(
    _ data: ComparisonData, _ rows: [Record], _ all: [Record], _ alt: String
  ) -> Figure {
    let changed = rows.filter { row in
      data.value(.difference, "entropy", at: row.site).map(data.hasChanged) ?? false
    }
    let others = rows.filter { !changed.contains($0) }
    let chart = Chart(
      "Effect size of the change, site by site",
      subtitle: "\(data.words.tuned) less \(data.words.base); bars: \(data.level) interval",
      description: alt, x: Axis("d_z: mean change over its spread"),
      y: Axis("", scale: .band(order: rows.map(\.site))), legend: .above,
      panelHeight: Double(rows.count) * 17 + 20
    ) {
      Rule(x: 0.0)
      ErrorBar(rows, y: \.site, low: \.low, high: \.high, style: Style(color: .reference))
      Dot(
        changed, x: \.estimate, y: \.site, name: "adjusted p < 0.05",
        style: Style(color: .ink, marker: .circle))
      Dot(
        others, x: \.estimate, y: \.site, name: "not found to change",
        style: Style(color: .reference, marker: .square))
    }
    let table = Table(
      ["site"], numbers: ["d_z", "low", "high", "exp change", "low", "high"],
      all.map { row in
        let ratio = data.value(.ratio, "entropy", at: row.site)
        return [row.site]
          + [row.estimate, row.low, row.high, ratio?.estimate, ratio?.low, ratio?.high].map {
            Wording.number($0)
          }
      })
    return Figure(name: "effect-by-site", chart: chart, alt: alt, table: table)
  }
}
