// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathChart
import IsobathMarkdown
import IsobathMeasure
import IsobathRecord

/// What else the states do through depth, and whether it goes with the entropy.
struct StatesSection: ReportSection {
  let title = "What else bends with it"

  /// One measure's curve.
  private struct Curve {
    let measure: any Measure
    let rows: [Record]
    let link: Record?
  }

  private var measures: [any Measure] {
    trajectoryMeasures as [any Measure] + pairMeasures
      + [
        SiteScalar.normFirst, .normMedian, .sinkRate, .attentionToFirst, .lensLoss, .lensEntropy,
      ]
  }

  func content(_ data: ReportData) -> SectionContent? {
    let curves = measures.compactMap { measure -> Curve? in
      let rows = data.rows("mean", measure.id, preparation: "").filter {
        $0.site.hasPrefix("residual.") && $0.estimate != nil
      }
      guard rows.count > 2 else { return nil }
      let link = data.rows("curve-correlation", measure.id, preparation: "").first
      return Curve(measure: measure, rows: rows, link: link)
    }
    guard !curves.isEmpty else { return nil }
    let alt = finding(curves)
    let text = """
      Other measures of the same states. \(alt) Neighbouring layers are not independent, so p comes of \
      shifting one curve against the other as a whole: with \(curves[0].rows.count) layers it is never \
      below \(Wording.number(1 / Double(curves[0].rows.count), 3)).
      """
    return SectionContent(
      blocks: [.paragraph(Prose(text)), .table(table(curves))],
      figures: [figure(curves, data, alt)])
  }

  /// What goes with the entropy's curve, what against it, and what with neither.
  private func finding(_ curves: [Curve]) -> String {
    let linked = curves.filter { ($0.link?.low ?? -1) > 0 || ($0.link?.high ?? 1) < 0 }
    guard !linked.isEmpty else {
      return "None of their curves goes with the entropy's by more than chance explains."
    }
    let names = linked.map { curve in
      "\(curve.measure.title.lowercased()) (ρ = \(Wording.number(curve.link?.estimate, 2)))"
    }
    return "With the entropy's curve, or against it, by more than chance explains: "
      + names.joined(separator: ", ") + "."
  }

  private func table(_ curves: [Curve]) -> Table {
    Table(
      ["measure", "note"], numbers: ["embedding", "last block", "ρ with H over layers"],
      curves.map { curve in
        [
          "\(curve.measure.title) (\(curve.measure.unit.rawValue))", curve.link?.note ?? "",
          curve.rows[0].site == "residual.0" ? Wording.interval(curve.rows[0]) : "–",
          Wording.interval(curve.rows[curve.rows.count - 1]), Wording.interval(curve.link),
        ]
      })
  }

  private func panelTitle(_ measure: any Measure) -> String {
    switch measure.unit {
    case .nats, .squareNats, .radians: "\(measure.shortTitle) (\(measure.unit.rawValue))"
    case .one, .dimensions: measure.shortTitle
    }
  }

  private func figure(_ curves: [Curve], _ data: ReportData, _ alt: String) -> Figure {
    let chart = Chart(
      "Other measures through depth",
      subtitle: "\(data.model): mean over \(data.documents) documents; band: "
        + "\(Wording.percent(data.level)) interval",
      description: alt, x: Axis("Blocks passed (0 = embedding)"), y: Axis("Value"),
      columns: curves.count == 4 ? 2 : 3,
      sharesY: false,
      panels: curves.map { curve in
        Panel(panelTitle(curve.measure)) {
          Band(curve.rows, x: { Wording.depth($0.site) }, low: \.low, high: \.high)
          Line(curve.rows, x: { Wording.depth($0.site) }, y: \.estimate)
        }
      })
    let sites = data.sites.map(\.name).filter { $0.hasPrefix("residual.") }
    let table = Table(
      ["site"], numbers: curves.map(\.measure.shortTitle),
      sites.map { site in
        [site]
          + curves.map { curve in
            Wording.number(curve.rows.first { $0.site == site }?.estimate)
          }
      })
    return Figure(name: "measures-by-depth", chart: chart, alt: alt, table: table)
  }
}
