// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMarkdown
import IsobathMeasure
import IsobathRecord

/// Every measure at the embedding, the valley, the last block and the final norm.
struct MeasuresSection: ReportSection {
  let title = "Every measure"

  func content(_ data: ReportData) -> SectionContent? {
    let valley = data.answer("valley")?.site
    let wanted = ["residual.0", valley ?? "", "residual.\(data.blocks)", "final-norm"]
    var seen: Set<String> = []
    let sites = wanted.filter { site in
      !site.isEmpty && data.mean("entropy", at: site) != nil && seen.insert(site).inserted
    }
    guard !sites.isEmpty else { return nil }
    let rows = measures.map { measure in
      ["\(measure.title) (\(measure.unit.rawValue))"]
        + sites.map { Wording.interval(data.mean(measure.id, at: $0), decimals(measure.unit)) }
    }
    let aggregates = ["paper-a", "paper-b", "paper-c"].map { id in
      [
        "Aggregate \(id.suffix(1)) of Wei et al. (1)"
      ]
        + sites.map { site in
          Wording.interval(data.rows(id, "entropy").first { $0.site == site }, 4)
        }
    }
    return SectionContent(blocks: [
      .paragraph(
        """
        Means over documents with their intervals; what each one means stands under Methods. All rows, \
        every site and order included, are in records.csv.
        """),
      .table(Table(["measure"], numbers: sites, rows + aggregates)),
    ])
  }

  private func decimals(_ unit: MeasureUnit) -> Int {
    switch unit {
    case .nats, .squareNats, .radians: 3
    case .one: 4
    case .dimensions: 1
    }
  }
}
