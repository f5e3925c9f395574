// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathChart
import IsobathMarkdown
import IsobathRecord
import IsobathStatistics

/// Which tokens carry the entropy: by what they are, and along one document.
struct TokensSection: ReportSection {
  let title = "Which tokens carry the entropy?"

  /// Kinds of token at each end of the table.
  private let shown = 8

  func content(_ data: ReportData) -> SectionContent? {
    guard let census = data.census.first(where: { $0.kinds.count > 1 }) else { return nil }
    let text = """
      H is the mean over tokens of what each contributes, h_i; a share h_i/H of 1 is the average \
      token's. \(data.census.compactMap { sentence($0, data) }.joined(separator: " "))
      """
    let tables = data.census.map { census in
      Block.details(
        summary: "Shares after \(Wording.place(census.site, blocks: data.blocks))",
        [.table(table(census))])
    }
    let note = """
      Kinds that at least \(census.fewest) documents have; the value of a document is the mean over its \
      tokens of the kind, and intervals are over documents.
      """
    return SectionContent(
      blocks: [.paragraph(Prose(text))] + tables + [.paragraph(Prose(note))],
      figures: data.track.map { [figure($0, data)] } ?? [])
  }

  /// What carries most and least, and what the first token does.
  private func sentence(_ census: TokenCensus, _ data: ReportData) -> String? {
    guard let most = census.kinds.first, let least = census.kinds.last, most != least else {
      return nil
    }
    let place = Wording.place(census.site, blocks: data.blocks)
    let first = census.first.map { " (first tokens: \(interval($0.share)))" } ?? ""
    return "After \(place), \(Wording.token(most.text)) carries most, \(interval(most.share)), and "
      + "\(Wording.token(least.text)) least, \(interval(least.share))\(first)."
  }

  private func table(_ census: TokenCensus) -> Table {
    let kinds = census.kinds
    let ends =
      kinds.count > 2 * shown
      ? Array(kinds.prefix(shown)) + kinds.suffix(shown) : kinds
    return Table(
      ["token"], numbers: ["share h/H", "tokens", "documents"],
      ((census.first.map { [$0] } ?? []) + ends).map { kind in
        [
          kind.text.map { Wording.token($0) } ?? "the first token, whatever it is",
          interval(kind.share), "\(kind.tokens)", "\(kind.documents)",
        ]
      })
  }

  private func interval(_ share: Interval) -> String {
    guard let low = share.low, let high = share.high else {
      return Wording.number(share.estimate, 2)
    }
    return "\(Wording.number(share.estimate, 2)) [\(Wording.number(low, 2)), "
      + "\(Wording.number(high, 2))]"
  }

  /// One document's first tokens, layer by layer.
  private func figure(_ track: TokenTrack, _ data: ReportData) -> Figure {
    let points = track.points.filter { $0.site.hasPrefix("residual.") }
    let most = points.max { $0.share < $1.share }
    let alt =
      most.map {
        "The first tokens of document \(track.document), layer by layer: the largest share is "
          + "\(Wording.number($0.share, 2)), of \(Wording.token($0.text)) at position \($0.position), "
          + "after \(Wording.place($0.site, blocks: data.blocks))."
      } ?? ""
    let chart = Chart(
      "What each token contributes, layer by layer",
      subtitle: "\(data.model): the beginning of document \(track.document), preparation "
        + data.preparation,
      description: alt, x: Axis("Token", scale: .band),
      y: Axis("Blocks passed (0 = embedding)"), color: ColorAxis("Share h/H (1 = the mean token)")
    ) {
      Cell(
        points, x: { "\($0.position) \(Wording.token($0.text, quotes: false))" },
        y: { Wording.depth($0.site) }, fill: \.share)
    }
    let sites = data.sites.map(\.name).filter { site in points.contains { $0.site == site } }
    let positions = Set(points.map(\.position)).sorted()
    let table = Table(
      ["token"], numbers: sites,
      positions.map { position in
        let own = points.filter { $0.position == position }
        return ["\(position) \(Wording.token(own.first?.text))"]
          + sites.map { site in Wording.number(own.first { $0.site == site }?.share, 2) }
      })
    return Figure(name: "token-contributions", chart: chart, alt: alt, table: table)
  }
}
