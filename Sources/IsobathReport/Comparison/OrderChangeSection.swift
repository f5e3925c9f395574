// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathChart
import IsobathMarkdown
import IsobathRecord

/// Where in the spectrum the change is: by Rényi order and depth.
struct OrderChangeSection: ReportSection {
  let title = "Where in the spectrum"

  func content(_ data: ComparisonData) -> SectionContent? {
    let orders = data.orders
    let curves = orders.map { data.rows(data.mainDifference, order: $0).filter(Wording.isOnCurve) }
    guard orders.count > 1, curves.allSatisfy({ $0.count > 1 }) else { return nil }
    let rows = curves.flatMap { $0 }
    let largest = rows.max { abs($0.estimate ?? 0) < abs($1.estimate ?? 0) }
    guard let largest, let size = largest.estimate else { return nil }
    let order = Wording.order(largest.order ?? 1)
    let part =
      (largest.order ?? 1) >= 2
      ? "the strongest directions"
      : (largest.order ?? 1) < 1 ? "the weak directions" : "all directions"
    let alt =
      size == 0
      ? "No order differs at any site."
      : """
      The change is largest at order \(order), which counts \(part): \(ComparisonWords.signed(largest, data.decimals)) \
      nats \(data.words.span([largest.site])).
      """
    let text = """
      Small orders count weak directions too, large ones only the strongest. \(alt) Each order is a family \
      of tests of its own.
      """
    var blocks: [Block] = [.paragraph(Prose(text))]
    if data.isPaired { blocks.append(.table(summary(data, orders))) }
    return SectionContent(blocks: blocks, figures: [figure(data, rows, orders, alt)])
  }

  private func summary(_ data: ComparisonData, _ orders: [Double]) -> Table {
    Table(
      ["order α", "changed"], numbers: ["largest change (nats)"],
      orders.map { order in
        let ranges =
          order == 1 ? data.ranges("entropy") : data.ranges("renyi-entropy", order: order)
        let peak = data.rows(.difference, order: order).max {
          abs($0.estimate ?? 0) < abs($1.estimate ?? 0)
        }
        let places = ranges.prefix(4).map { data.words.span($0.sites) }
        let more = ranges.count > 4 ? ", \(ranges.count - 4) more" : ""
        return [
          Wording.order(order),
          ranges.isEmpty ? "nothing found" : places.joined(separator: ", ") + more,
          ComparisonWords.signed(peak, data.decimals) + " " + data.words.span([peak?.site ?? ""]),
        ]
      })
  }

  private func figure(
    _ data: ComparisonData, _ rows: [Record], _ orders: [Double], _ alt: String
  ) -> Figure {
    let chart = Chart(
      "Change of the Rényi entropy by order and layer",
      subtitle: "\(data.words.tuned) less \(data.words.base)", description: alt,
      x: Axis("Blocks passed (0 = embedding)"),
      y: Axis("Rényi order α", scale: .band(order: orders.map { Wording.order($0) })),
      color: .diverging("Change", unit: "nats")
    ) {
      Cell(
        rows, x: { Wording.depth($0.site) }, y: { Wording.order($0.order ?? 1) },
        fill: \.estimate)
    }
    let sites = data.comparison.runs.sites.map(\.tuned).filter { site in
      rows.contains { $0.site == site }
    }
    let table = Table(
      ["site"], numbers: orders.map { "α = \(Wording.order($0))" },
      sites.map { site in
        [site]
          + orders.map { order in
            let found = rows.first { $0.site == site && ($0.order ?? 1) == order }
            return ComparisonWords.signed(found?.estimate)
          }
      })
    return Figure(name: "change-by-order", chart: chart, alt: alt, table: table)
  }
}
