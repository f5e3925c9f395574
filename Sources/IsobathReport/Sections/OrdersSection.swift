// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathChart
import IsobathMarkdown
import IsobathRecord

/// Rényi order against layer: in which part of the spectrum the compression happens.
struct OrdersSection: ReportSection {
  let title = "Across Rényi orders"

  func content(_ data: ReportData) -> SectionContent? {
    let rows = data.rows("mean", "renyi-entropy").filter(Wording.isOnCurve)
    let orders = Set(rows.compactMap(\.order)).sorted()
    guard orders.count > 1, rows.count > orders.count else { return nil }
    let falls = orders.compactMap { fall($0, rows) }
    let text = """
      Small orders count weak directions too, large ones only the strongest. From the embedding to the \
      lowest point of each order's own curve, the entropy falls by \
      \(falls.map { "\(Wording.number($0.drop, 2)) nats (α = \(Wording.order($0.order)))" }
        .joined(separator: ", ")).
      """
    return SectionContent(
      blocks: [.paragraph(Prose(text))], figures: [figure(data, rows, orders, falls)])
  }

  private struct Fall {
    let order: Double
    let drop: Double
    let site: String
  }

  private func fall(_ order: Double, _ rows: [Record]) -> Fall? {
    let curve = rows.filter { $0.order == order && $0.site.hasPrefix("residual.") }
    guard let first = curve.first?.estimate,
      let lowest = curve.min(by: { ($0.estimate ?? .infinity) < ($1.estimate ?? .infinity) }),
      let low = lowest.estimate
    else { return nil }
    return Fall(order: order, drop: first - low, site: lowest.site)
  }

  private func figure(
    _ data: ReportData, _ rows: [Record], _ orders: [Double], _ falls: [Fall]
  ) -> Figure {
    let most = falls.max { $0.drop < $1.drop }
    let alt =
      most.map {
        "The fall is largest, \(Wording.number($0.drop, 2)) nats, at order "
          + "\(Wording.order($0.order)), lowest after \(Wording.place($0.site, blocks: data.blocks))."
      } ?? "Rényi entropy by order and layer."
    let chart = Chart(
      "Rényi entropy by order and layer",
      subtitle: "\(data.model): mean over \(data.documents) documents, preparation "
        + data.preparation,
      description: alt, x: Axis("Blocks passed (0 = embedding)"),
      y: Axis("Rényi order α", scale: .band), color: ColorAxis("Rényi entropy", unit: "nats")
    ) {
      Cell(
        rows, x: { Wording.depth($0.site) }, y: { Wording.order($0.order) }, fill: \.estimate)
    }
    let sites = data.sites.map(\.name).filter { site in rows.contains { $0.site == site } }
    let table = Table(
      ["site"], numbers: orders.map { "α = \(Wording.order($0))" },
      sites.map { site in
        [site]
          + orders.map { order in
            Wording.number(rows.first { $0.site == site && $0.order == order }?.estimate)
          }
      })
    return Figure(name: "renyi-by-layer", chart: chart, alt: alt, table: table)
  }
}
