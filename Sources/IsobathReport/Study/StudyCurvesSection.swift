// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathChart
import IsobathMarkdown
import IsobathRecord

/// Every model's curve over every corpus, on one scale: by relative depth, since depths differ.
struct StudyCurvesSection: ReportSection {
  let title = "Every curve"

  /// One curve's point with what it belongs to.
  private struct Point {
    let model: String
    let depth: Double
    let row: Record
  }

  func content(_ data: StudyData) -> SectionContent? {
    let panels = data.corpora.map { corpus in
      (corpus, data.cells.filter { $0.corpus == corpus }.flatMap(points))
    }.filter { $0.1.count > 1 }
    guard !panels.isEmpty else { return nil }
    let lows = panels.flatMap(\.1).sorted { ($0.row.estimate ?? 0) < ($1.row.estimate ?? 0) }
    guard let low = lows.first, let high = lows.last else { return nil }
    let alt = """
      Mean matrix entropy by relative depth for \(data.models.count) models and \(data.corpora.count) \
      corpora: from \(Wording.interval(low.row)) nats in \(low.model) to \(Wording.interval(high.row)) in \
      \(high.model).
      """
    let text = """
      Depth is the share of blocks passed, so that models of other depths stand side by side; the embedding \
      is at 0. Models of other widths have other entropies by chance alone: the table has the deficit too.
      """
    return SectionContent(
      blocks: [.paragraph(Prose(text))], figures: [figure(data, panels, alt)])
  }

  private func points(_ cell: StudyCell) -> [Point] {
    cell.data.rows("mean", "entropy").filter { $0.site.hasPrefix("residual.") }.compactMap { row in
      row.depth.map { Point(model: cell.model, depth: $0, row: row) }
    }
  }

  private func figure(
    _ data: StudyData, _ panels: [(String, [Point])], _ alt: String
  ) -> Figure {
    let level = Wording.percent(data.cells[0].data.level)
    let chart = Chart(
      "Matrix entropy through depth",
      subtitle: "Mean over documents; band: \(level) interval", description: alt,
      x: Axis("Relative depth (0 = embedding, 1 = last block)"),
      y: Axis("Matrix entropy H", unit: "nats"), order: data.models, legend: .above,
      panels: panels.map { corpus, points in
        Panel(panels.count > 1 ? corpus : "") {
          Band(points, x: \.depth, low: \.row.low, high: \.row.high, series: \.model)
          Line(points, x: \.depth, y: \.row.estimate, series: \.model)
        }
      })
    let table = Table(
      ["corpus", "model", "site"], numbers: ["depth", "H (nats)"],
      panels.flatMap { corpus, points in
        points.map { point in
          [
            corpus, point.model, point.row.site, Wording.number(point.depth, 2),
            Wording.interval(point.row, 3),
          ]
        }
      })
    return Figure(name: "curves", chart: chart, alt: alt, table: table)
  }
}
