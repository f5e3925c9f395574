// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathChart
import IsobathMarkdown
import IsobathRecord

/// The depth curve at each stage: small multiples on one scale, each over the first stage's curve.
struct StageCurvesSection: ReportSection {
  let title = "The curve at each stage"

  /// More stages than this are thinned evenly.
  private static let most = 9

  func content(_ data: StagesData) -> SectionContent? {
    let rows = data.curve("mean")
    guard Set(rows.map(\.site)).count > 1 else { return nil }
    let shown = chosen(data.steps)
    let low = shown.compactMap { step in
      rows.filter { data.step($0) == step && $0.site.hasPrefix("residual.") }.min {
        ($0.estimate ?? .infinity) < ($1.estimate ?? .infinity)
      }
    }
    guard let first = low.first, let last = low.last else { return nil }
    let alt = """
      The entropy through depth at \(shown.count) steps. Its lowest mean is \(Wording.interval(first)) nats \
      \(data.place(first.site)) at step \(data.step(first)), and \(Wording.interval(last)) nats \
      \(data.place(last.site)) at step \(data.step(last)).
      """
    let thinned = shown.count < data.steps.count ? " Steps in between are left out." : ""
    return SectionContent(
      blocks: [.paragraph(Prose(alt + thinned + " The first stage is grey in every panel."))],
      figures: [figure(data, rows, shown, alt)])
  }

  private func chosen(_ steps: [Int]) -> [Int] {
    guard steps.count > Self.most else { return steps }
    return (0..<Self.most).map { steps[$0 * (steps.count - 1) / (Self.most - 1)] }
  }

  private func figure(
    _ data: StagesData, _ rows: [Record], _ shown: [Int], _ alt: String
  ) -> Figure {
    let start = rows.filter { data.step($0) == shown[0] }
    let chart = Chart(
      "Matrix entropy through depth, stage by stage",
      subtitle: "Mean over \(data.documents) documents; band: \(data.level) interval at one site",
      description: alt, x: Axis("Blocks passed (0 = embedding)"),
      y: Axis("Matrix entropy H", unit: "nats"), legend: .none, columns: min(3, shown.count),
      panels: shown.map { step in
        let own = rows.filter { data.step($0) == step }
        return Panel("step \(step)") {
          Line(
            start, x: { Wording.depth($0.site) }, y: \.estimate, points: false,
            style: Style(color: .reference))
          Band(own, x: { Wording.depth($0.site) }, low: \.low, high: \.high)
          Line(own, x: { Wording.depth($0.site) }, y: \.estimate)
        }
      })
    return Figure(name: "curves-by-stage", chart: chart, alt: alt, table: data.table(rows))
  }
}
