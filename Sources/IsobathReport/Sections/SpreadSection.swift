// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathChart
import IsobathMarkdown
import IsobathRecord

/// How much documents differ at each layer.
struct SpreadSection: ReportSection {
  let title = "Document by document"

  func content(_ data: ReportData) -> SectionContent? {
    let rows = data.entropies.filter { Wording.isOnCurve($0) && $0.estimate != nil }
    guard Set(rows.map(\.document)).count > 4 else { return nil }
    let places = Dictionary(uniqueKeysWithValues: data.sites.enumerated().map { ($1.name, $0) })
    let sorted = rows.sorted { (places[$0.site] ?? 0) < (places[$1.site] ?? 0) }
    let boxes = Quartiles.of(
      sorted, by: { Wording.depth($0.site) }, value: \.estimate, tail: 0.05)
    let widest = boxes.max { $0.high - $0.low < $1.high - $1.low }
    let alt =
      widest.map {
        "The central 90 % of documents span at most \(Wording.number($0.high - $0.low, 2)) nats, "
          + "at \(name($0.key))."
      } ?? ""
    let chart = Chart(
      "Matrix entropy of single documents",
      subtitle: "\(data.model): \(data.documents) documents, preparation \(data.preparation)",
      description: alt, x: Axis("Blocks passed (0 = embedding)"),
      y: Axis("Matrix entropy H", unit: "nats")
    ) { Box(boxes, name: "median, quartiles, 5 % to 95 %") }
    let table = Table(
      ["site"], numbers: ["5 %", "25 %", "median", "75 %", "95 %", "documents"],
      boxes.map { box in
        [name(box.key)]
          + [box.low, box.lower, box.median, box.upper, box.high].map { Wording.number($0) }
          + ["\(box.count)"]
      })
    let text = """
      Intervals of the mean are narrow because there are many documents, not because documents agree. \
      \(alt) Longer documents can have larger entropies, so part of this is length.
      """
    return SectionContent(
      blocks: [.paragraph(Prose(text))],
      figures: [Figure(name: "spread-by-layer", chart: chart, alt: alt, table: table)])
  }

  private func name(_ value: Value) -> String {
    switch value {
    case .number(let number): "residual.\(Wording.number(number, 0))"
    case .name(let name): name
    case .missing: "–"
    }
  }
}
