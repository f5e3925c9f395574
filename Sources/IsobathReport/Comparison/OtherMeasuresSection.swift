// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathMarkdown
import IsobathRecord

/// What else both runs have measured of the states, and whether it changed.
struct OtherMeasuresSection: ReportSection {
  let title = "Other measures"

  func content(_ data: ComparisonData) -> SectionContent? {
    guard data.isPaired else { return nil }
    let entropies: Set = ["entropy", "renyi-entropy"]
    var measures: [String] = []
    for row in data.comparison.rows
    where row.analysis == ComparisonAnalysis.difference.id && row.position == nil
      && !entropies.contains(row.measure) && !measures.contains(row.measure)
    {
      measures.append(row.measure)
    }
    guard !measures.isEmpty else { return nil }
    return SectionContent(blocks: [
      .paragraph(
        "One line for each measure, each a family of tests of its own over its sites."),
      .table(
        Table(
          ["measure", "unit", "where it changed"], numbers: ["largest d_z", "change there"],
          measures.map { line(data, $0) })),
    ])
  }

  private func line(_ data: ComparisonData, _ measure: String) -> [String] {
    let ranges = data.ranges(measure)
    let effects = data.rows(.effect, measure)
    let peak = effects.max { abs($0.estimate ?? 0) < abs($1.estimate ?? 0) }
    let change = peak.flatMap { data.value(.difference, measure, at: $0.site) }
    let places = ranges.prefix(3).map { data.words.span($0.sites) }
    let more = ranges.count > 3 ? ", \(ranges.count - 3) more" : ""
    return [
      measure, data.rows(.difference, measure).first?.unit ?? "",
      ranges.isEmpty ? "nothing found" : places.joined(separator: ", ") + more,
      ComparisonWords.signed(peak, 2), ComparisonWords.signed(change),
    ]
  }
}
