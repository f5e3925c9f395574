// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathChart
import IsobathMarkdown
import IsobathRecord

/// The first screen: what training did, when, where, and the map of depth and step.
struct StagesFindingSection: ReportSection {
  let title = ""

  func content(_ data: StagesData) -> SectionContent? {
    let finding = StagesFinding(data).sentence
    var content = SectionContent(blocks: [
      .paragraph("\(strong: finding)"), .paragraph(Prose(basis(data))),
    ])
    let rows = data.curve("mean")
    if !rows.isEmpty { content.figures = [figure(data, rows, finding)] }
    return content
  }

  private func basis(_ data: StagesData) -> String {
    """
    \(data.steps.count) stages of one training, each surveyed over the same \(data.documents) documents of \
    \(data.first.subject.corpus), preparation \(data.preparation). Brackets hold at every site and stage at \
    once (\(data.level)).
    """
  }

  private func figure(_ data: StagesData, _ rows: [Record], _ alt: String) -> Figure {
    let chart = Chart(
      "Matrix entropy by depth and step of training",
      subtitle: "Mean over \(data.documents) documents, preparation \(data.preparation)",
      description: alt,
      x: Axis("Step of training", scale: .band(order: data.stepNames)),
      y: Axis("Blocks passed (0 = embedding)"),
      color: ColorAxis("Matrix entropy H", unit: "nats")
    ) {
      Cell(
        rows, x: data.stepName, y: { Wording.depth($0.site) }, fill: \.estimate, labels: .fixed(2))
    }
    return Figure(name: "entropy-map", chart: chart, alt: alt, table: data.table(rows))
  }
}

extension StagesData {
  /// Sites down, stages across: values with their intervals.
  func table(_ rows: [Record], signed: Bool = false) -> Table {
    var sites: [String] = []
    for row in rows where !sites.contains(row.site) { sites.append(row.site) }
    let present = Set(rows.map(step))
    let steps = self.steps.filter(present.contains)
    return Table(
      ["site"], numbers: steps.map { "step \($0)" },
      sites.map { site in
        [site]
          + steps.map { step in
            let row = rows.first { $0.site == site && self.step($0) == step }
            return signed ? ComparisonWords.signed(row, 2) : Wording.interval(row, 2)
          }
      })
  }
}
