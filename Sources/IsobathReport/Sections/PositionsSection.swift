// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathChart
import IsobathMarkdown
import IsobathRecord

/// Prefix entropy by layer and position: where in the text the valley opens.
struct PositionsSection: ReportSection {
  let title = "Along the text"

  func content(_ data: ReportData) -> SectionContent? {
    let rows = data.rows("position-mean", "entropy").filter { $0.site.hasPrefix("residual.") }
    let positions = Set(rows.compactMap(\.position)).sorted()
    guard positions.count > 1, let last = positions.last else { return nil }
    let most = rows.compactMap(\.n).max() ?? 0
    let least = rows.filter { $0.position == last }.compactMap(\.n).min() ?? 0
    let what =
      data.isCausal
      ? """
      The entropy of the first t tokens alone: in a causal model their states do not depend on what \
      follows.
      """
      : """
      The entropy of the states of the first t tokens of the whole document: in an encoder each of them \
      has seen all of it, so this is not the entropy of a text cut at t.
      """
    let text = """
      \(what) Short documents drop out as t grows: \(most) documents at the start, \(least) at \
      t = \(last).
      """
    return SectionContent(
      blocks: [.paragraph(Prose(text))], figures: [figure(data, rows, positions)])
  }

  private func figure(_ data: ReportData, _ rows: [Record], _ positions: [Int]) -> Figure {
    let alt = finding(data, rows, positions)
    let chart = Chart(
      "Prefix entropy by layer and position",
      subtitle: "\(data.model): entropy of the first t tokens, mean over documents, preparation "
        + data.preparation,
      description: alt, x: Axis("Prefix length t", unit: "tokens", scale: .log),
      y: Axis("Blocks passed (0 = embedding)"), color: ColorAxis("Matrix entropy", unit: "nats")
    ) {
      Cell(rows, x: \.position, y: { Wording.depth($0.site) }, fill: \.estimate)
    }
    let shown = positions.filter { [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024].contains($0) }
    let sites = data.sites.map(\.name).filter { site in rows.contains { $0.site == site } }
    let table = Table(
      ["site"], numbers: shown.map { "t = \($0)" },
      sites.map { site in
        [site]
          + shown.map { t in
            Wording.number(rows.first { $0.site == site && $0.position == t }?.estimate)
          }
      })
    return Figure(name: "position-by-layer", chart: chart, alt: alt, table: table)
  }

  /// Where the curve is lowest for the shortest and the longest prefixes that are common.
  private func finding(_ data: ReportData, _ rows: [Record], _ positions: [Int]) -> String {
    let ends = [positions.first { $0 >= 8 }, positions.last].compactMap { $0 }
    let lows = ends.compactMap { t -> String? in
      let curve = rows.filter { $0.position == t }
      let lowest = curve.min { ($0.estimate ?? .infinity) < ($1.estimate ?? .infinity) }
      return lowest.map {
        "at t = \(t) it is lowest after \(Wording.place($0.site, blocks: data.blocks))"
      }
    }
    return "Prefix entropy by layer and position: \(lows.joined(separator: ", "))."
  }
}
