// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathChart
import IsobathMarkdown
import IsobathRecord

/// The same change under the other preparations, as small multiples that share their scales.
struct OtherPreparationsSection: ReportSection {
  let title = "Under other preparations"

  func content(_ data: ComparisonData) -> SectionContent? {
    let names = data.comparison.runs.preparations
    guard names.count > 1 else { return nil }
    let curves = names.map { name in
      (
        name,
        data.rows(data.mainDifference, "entropy", preparation: name).filter(Wording.isOnCurve)
      )
    }.filter { !$0.1.isEmpty }
    let findings = curves.compactMap { name, rows -> String? in
      let largest = rows.max { abs($0.estimate ?? 0) < abs($1.estimate ?? 0) }
      return largest.map {
        "\(name): \(ComparisonWords.signed($0, data.decimals)) nats \(data.words.span([$0.site]))"
      }
    }
    let alt = "The largest change under each preparation. \(findings.joined(separator: "; "))."
    let ends = data.isPaired ? ComparisonAnalysis.band : .unpaired
    let chart = Chart(
      "Change of the matrix entropy under each preparation",
      subtitle: "\(data.words.tuned) less \(data.words.base)",
      caption: data.isPaired ? "Band: \(data.level) at every site at once." : "",
      description: alt, x: Axis("Blocks passed"), y: Axis("Change of H", unit: "nats"),
      panels: curves.map { name, rows in
        let band = data.rows(ends, "entropy", preparation: name).filter(Wording.isOnCurve)
        return Panel(name) {
          Rule(y: 0.0)
          Band(band, x: { Wording.depth($0.site) }, low: \.low, high: \.high)
          Line(rows, x: { Wording.depth($0.site) }, y: \.estimate, points: false)
        }
      })
    let sites = curves.first?.1.map(\.site) ?? []
    let table = Table(
      ["site"], numbers: curves.map(\.0),
      sites.map { site in
        [site]
          + curves.map { _, rows in ComparisonWords.signed(rows.first { $0.site == site }) }
      })
    return SectionContent(
      blocks: [.paragraph(Prose(alt + " Each preparation is a family of tests of its own."))],
      figures: [Figure(name: "change-by-preparation", chart: chart, alt: alt, table: table)])
  }
}
