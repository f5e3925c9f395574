// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathChart
import IsobathMarkdown
import IsobathRecord

/// Where in the spectrum training acts: the change since the first stage, a map for each order.
struct StageOrdersSection: ReportSection {
  let title = "Where in the spectrum"

  func content(_ data: StagesData) -> SectionContent? {
    let maps = data.orders.map { ($0, data.curve(StageAnalysis.total.id, order: $0)) }
      .filter { !$0.1.isEmpty }
    guard maps.count > 1 else { return nil }
    let largest = maps.flatMap(\.1).filter(data.isFound).max {
      abs($0.estimate ?? 0) < abs($1.estimate ?? 0)
    }
    let alt =
      largest.map { row in
        """
        Since the first stage the Rényi entropy changes most at order \(Wording.order(row.order ?? 1)): \
        \(ComparisonWords.signed(row, 2)) nats \(data.place(row.site)) at step \(data.step(row)).
        """
      } ?? "No order is found to change since the first stage."
    let text = """
      Small orders count weak directions too, large ones only the strongest. \(alt) Each order is a family \
      of tests of its own.
      """
    return SectionContent(
      blocks: [.paragraph(Prose(text))], figures: [figure(data, maps, alt)])
  }

  private func figure(
    _ data: StagesData, _ maps: [(Double, [Record])], _ alt: String
  ) -> Figure {
    let chart = Chart(
      "Change of the Rényi entropy since the first stage",
      subtitle: "By depth and step, one scale for all orders", description: alt,
      x: Axis("Step of training", scale: .band(order: Array(data.stepNames.dropFirst()))),
      y: Axis("Blocks passed (0 = embedding)"), color: .diverging("Change", unit: "nats"),
      columns: 3,
      panels: maps.map { order, rows in
        Panel("α = \(Wording.order(order))") {
          Cell(rows, x: data.stepName, y: { Wording.depth($0.site) }, fill: \.estimate)
        }
      })
    let last = data.steps.last
    var sites: [String] = []
    for row in maps[0].1 where !sites.contains(row.site) { sites.append(row.site) }
    let table = Table(
      ["site, last step"], numbers: maps.map { "α = \(Wording.order($0.0))" },
      sites.map { site in
        [site]
          + maps.map { map in
            ComparisonWords.signed(
              map.1.first { $0.site == site && data.step($0) == last }, 2)
          }
      })
    return Figure(name: "orders-by-stage", chart: chart, alt: alt, table: table)
  }
}
