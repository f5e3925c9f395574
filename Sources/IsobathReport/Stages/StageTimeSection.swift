// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathChart
import IsobathMarkdown
import IsobathRecord

/// Some depths along training, beside the loss: whether compression comes with learning.
struct StageTimeSection: ReportSection {
  let title = "Along training"

  func content(_ data: StagesData) -> SectionContent? {
    let places = depths(data)
    guard !places.isEmpty else { return nil }
    let loss = data.rows("mean", "loss")
    let alt = sentence(data, places, loss)
    return SectionContent(
      blocks: [.paragraph(Prose(alt))], figures: [figure(data, places, loss, alt)])
  }

  /// The embedding, the last stage's valley, the last block and the final norm.
  private func depths(_ data: StagesData) -> [(name: String, rows: [Record])] {
    let curve = data.curve("mean")
    let valley = data.valley(data.steps.count - 1)?.site
    var sites = ["residual.0"]
    if let valley { sites.append(valley) }
    sites += ["residual.\(data.blocks)", "final-norm"]
    var found: [(name: String, rows: [Record])] = []
    for site in sites where !found.contains(where: { $0.rows[0].site == site }) {
      let rows = curve.filter { $0.site == site }
      let what = site == valley ? ", the valley" : ""
      if !rows.isEmpty { found.append(("\(data.place(site))\(what)", rows)) }
    }
    return found
  }

  private func sentence(
    _ data: StagesData, _ places: [(name: String, rows: [Record])], _ loss: [Record]
  ) -> String {
    let parts = places.map { place in
      let ends = [place.rows.first, place.rows.last].map { Wording.interval($0, 2) }
      return "\(place.name) from \(ends[0]) to \(ends[1])"
    }
    let entropy = "H goes \(parts.joined(separator: ", ")) nats."
    guard loss.count > 1 else { return entropy }
    let ends = [loss.first, loss.last].map { Wording.interval($0, 2) }
    return "\(entropy) The loss goes from \(ends[0]) to \(ends[1]) nats per token."
  }

  private func figure(
    _ data: StagesData, _ places: [(name: String, rows: [Record])], _ loss: [Record],
    _ alt: String
  ) -> Figure {
    let panels = places + (loss.count > 1 ? [("loss", loss)] : [])
    let chart = Chart(
      "Entropy at some depths along training",
      subtitle: "Mean over \(data.documents) documents; bars: \(data.level) interval of one value",
      caption: loss.count > 1 ? "The loss is in nats per token." : "", description: alt,
      x: Axis("Step of training", scale: .band(order: data.stepNames)), y: Axis("", unit: "nats"),
      legend: .none, columns: panels.count > 4 ? 3 : 2, sharesY: false,
      panels: panels.map { name, rows in
        Panel(name) {
          ErrorBar(rows, x: data.stepName, low: \.low, high: \.high)
          Line(rows, x: data.stepName, y: \.estimate)
        }
      })
    let table = Table(
      ["step"], numbers: panels.map(\.0),
      data.steps.map { step in
        ["\(step)"]
          + panels.map { panel in
            Wording.interval(panel.1.first { data.step($0) == step }, 3)
          }
      })
    return Figure(name: "along-training", chart: chart, alt: alt, table: table)
  }
}
