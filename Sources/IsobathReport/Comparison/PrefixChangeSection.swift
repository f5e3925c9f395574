// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathChart
import IsobathMarkdown
import IsobathRecord

/// At which lengths of text the models differ: a map over depth, and the order-2 map beside it.
struct PrefixChangeSection: ReportSection {
  let title = "Along the text"

  func content(_ data: ComparisonData) -> SectionContent? {
    let maps = [
      ("α = 1 (matrix entropy)", data.prefixes(.difference, "entropy")),
      ("α = 2", data.prefixes(.difference, "renyi-entropy", order: 2)),
    ].map { ($0.0, $0.1.filter { $0.site.hasPrefix("residual.") }) }
      .filter { Set($0.1.compactMap(\.position)).count > 1 }
    guard let main = maps.first?.1 else { return nil }
    let changed = Set(
      data.prefixes(.adjusted, "entropy").filter {
        ($0.estimate ?? 1) < ComparisonOptions.alpha
      }.map(Place.init))
    let alt = finding(data, main, changed)
    let text = """
      The change of the entropy of each document's first t tokens. \(alt) Sites and lengths of one order \
      are one family of tests; documents that end before t drop out, so the documents behind the map change \
      along it.
      """
    return SectionContent(
      blocks: [.paragraph(Prose(text))],
      figures: [map(data, maps, alt), curve(data, main, changed)].compactMap { $0 })
  }

  private struct Place: Hashable {
    let site: String
    let position: Int

    init(_ row: Record) {
      site = row.site
      position = row.position ?? 0
    }
  }

  private func finding(
    _ data: ComparisonData, _ rows: [Record], _ changed: Set<Place>
  ) -> String {
    let found = rows.filter { changed.contains(Place($0)) }
    guard let largest = found.max(by: { abs($0.estimate ?? 0) < abs($1.estimate ?? 0) }) else {
      return "No length at any depth is found to differ."
    }
    let share = Wording.percent(Double(found.count) / Double(rows.count))
    let first = found.compactMap(\.position).min() ?? 0
    return """
      \(share) of the places differ, from t = \(first) on; most at t = \(largest.position ?? 0) \
      \(data.words.span([largest.site])), by \(ComparisonWords.signed(largest, data.decimals)) nats.
      """
  }

  private func map(
    _ data: ComparisonData, _ maps: [(String, [Record])], _ alt: String
  ) -> Figure {
    let chart = Chart(
      "Change of the prefix entropy by layer and length",
      subtitle: "\(data.words.tuned) less \(data.words.base)", description: alt,
      x: Axis("Prefix length t", unit: "tokens", scale: .log),
      y: Axis("Blocks passed (0 = embedding)"), color: .diverging("Change", unit: "nats"),
      columns: maps.count,
      panels: maps.map { name, rows in
        Panel(name) {
          Cell(rows, x: \.position, y: { Wording.depth($0.site) }, fill: \.estimate)
        }
      })
    let main = maps[0].1
    let shown = Set(main.compactMap(\.position)).sorted().filter { $0.nonzeroBitCount == 1 }
    let sites = data.comparison.runs.sites.map(\.tuned).filter { site in
      main.contains { $0.site == site }
    }
    let table = Table(
      ["site"], numbers: shown.map { "t = \($0)" },
      sites.map { site in
        [site]
          + shown.map { t in
            ComparisonWords.signed(
              main.first { $0.site == site && $0.position == t }?.estimate)
          }
      })
    return Figure(name: "change-by-position", chart: chart, alt: alt, table: table)
  }

  /// The change along the text at the second model's valley.
  private func curve(
    _ data: ComparisonData, _ rows: [Record], _ changed: Set<Place>
  ) -> Figure? {
    let curve = data.rows(.tuned, "entropy").filter { $0.site.hasPrefix("residual.") }
    let valley = curve.min { ($0.estimate ?? .infinity) < ($1.estimate ?? .infinity) }
    let here = rows.filter { $0.site == valley?.site }
    guard let valley, here.count > 1, let last = here.last else { return nil }
    let alt = """
      At the valley, \(data.words.span([valley.site])), the change over the first t tokens reaches \
      \(ComparisonWords.signed(last, data.decimals)) nats at t = \(last.position ?? 0).
      """
    let chart = Chart(
      "Change at the valley along the text",
      subtitle:
        "\(data.words.tuned) less \(data.words.base), \(data.words.fullSpan([valley.site]))",
      caption: "Band: \(data.level) interval at one length alone.", description: alt,
      x: Axis("Prefix length t", unit: "tokens", scale: .log),
      y: Axis("Change of H", unit: "nats"), legend: .above
    ) {
      Rule(y: 0, "no change")
      Band(here, x: \.position, low: \.low, high: \.high)
      Line(here, x: \.position, y: \.estimate, points: false)
      Dot(
        here.filter { changed.contains(Place($0)) }, x: \.position, y: \.estimate,
        name: "adjusted p < 0.05", style: Style(color: .ink, width: 5))
    }
    let table = Table(
      ["t"], numbers: ["change (nats)", "documents"],
      here.map { ["\($0.position ?? 0)", ComparisonWords.signed($0), "\($0.n ?? 0)"] })
    return Figure(name: "change-at-valley", chart: chart, alt: alt, table: table)
  }
}
