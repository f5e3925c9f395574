// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathChart
import IsobathMarkdown
import IsobathRecord

/// When each depth changed: from stage to stage, tested on the whole map.
struct StageChangeSection: ReportSection {
  let title = "From stage to stage"

  func content(_ data: StagesData) -> SectionContent? {
    let rows = data.curve(StageAnalysis.change.id)
    guard !rows.isEmpty else { return nil }
    let stages = data.steps.indices.dropFirst().map { stage in
      Stage(data, stage, rows.filter { data.step($0) == data.steps[stage] })
    }
    let found = rows.filter(data.isFound)
    let alt = """
      \(found.count) of \(rows.count) changes from one stage to the next stand with all of them tested \
      together.
      """
    return SectionContent(
      blocks: [
        .paragraph(Prose(alt + " A cross marks a place where none is found.")),
        .table(table(stages)),
      ],
      figures: [figure(data, rows, alt)])
  }

  /// What happened between two stages.
  private struct Stage {
    let name: String
    let found: [Record]
    let all: [Record]
    let loss: Record?

    init(_ data: StagesData, _ stage: Int, _ rows: [Record]) {
      name = "\(data.steps[stage - 1]) → \(data.steps[stage])"
      all = rows
      found = rows.filter(data.isFound)
      let step = data.steps[stage]
      loss = data.rows(StageAnalysis.change.id, "loss").last { data.step($0) == step }
    }
  }

  private func table(_ stages: [Stage]) -> Table {
    let hasLoss = stages.contains { $0.loss != nil }
    return Table(
      ["steps", "changed sites", "largest change"],
      numbers: ["nats"] + (hasLoss ? ["loss (nats/token)"] : []),
      stages.map { stage in
        let largest = (stage.found.isEmpty ? stage.all : stage.found).max {
          abs($0.estimate ?? 0) < abs($1.estimate ?? 0)
        }
        return [
          stage.name, "\(stage.found.count) of \(stage.all.count)", largest?.site ?? "–",
          ComparisonWords.signed(largest, 2),
        ] + (hasLoss ? [ComparisonWords.signed(stage.loss, 2)] : [])
      })
  }

  private func figure(_ data: StagesData, _ rows: [Record], _ alt: String) -> Figure {
    let others = rows.filter { !data.isFound($0) }
    let chart = Chart(
      "Change of the matrix entropy since the stage before",
      subtitle: "By depth and step; ×: no change is found (adjusted p ≥ 0.05)",
      description: alt,
      x: Axis("Step of training", scale: .band(order: Array(data.stepNames.dropFirst()))),
      y: Axis("Blocks passed (0 = embedding)"), color: .diverging("Change of H", unit: "nats")
    ) {
      Cell(rows, x: data.stepName, y: { Wording.depth($0.site) }, fill: \.estimate)
      Dot(
        others, x: data.stepName, y: { Wording.depth($0.site) },
        style: Style(color: .ink, marker: .cross, width: 8))
    }
    return Figure(
      name: "change-map", chart: chart, alt: alt, table: data.table(rows, signed: true))
  }
}
