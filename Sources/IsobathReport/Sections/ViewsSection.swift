// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathChart
import IsobathMarkdown
import IsobathRecord

/// How well two augmented views of a document find each other among all, by layer.
struct ViewsSection: ReportSection {
  let title = "Telling documents apart"

  private static let measures = [
    ("infonce", "InfoNCE bound (nats)"), ("lidar", "LiDAR (dimensions)"), ("dime", "DiME (nats)"),
  ]

  func content(_ data: ReportData) -> SectionContent? {
    let found = Self.measures.map { id, name in
      (name: name, rows: rows(data, id))
    }.filter { $0.rows.count > 1 }
    guard !found.isEmpty else { return nil }
    let finding = finding(data, found)
    let n = found[0].rows.compactMap(\.n).max() ?? 0
    let text = """
      Each document was altered twice, and both views went through the model; a layer that keeps what a \
      document is about finds one view by the other among those of all \(n) documents. \(finding) InfoNCE \
      is at most ln \(n) = \(Wording.number(bound(n), 2)); LiDAR counts directions that tell documents \
      apart by more than their views differ; DiME is how much the views know of each other beyond chance.
      """
    return SectionContent(
      blocks: [.paragraph(Prose(text))], figures: [figure(data, found, finding, n)])
  }

  private func rows(_ data: ReportData, _ measure: String) -> [Record] {
    data.rows("views", measure, preparation: "").filter {
      Wording.isOnCurve($0) && $0.estimate != nil
    }
  }

  /// ln n.
  private func bound(_ n: Int) -> Double { log(Double(max(n, 1))) }

  private func finding(_ data: ReportData, _ found: [(name: String, rows: [Record])]) -> String {
    let best = found.compactMap { name, rows -> String? in
      let curve = rows.filter { $0.site.hasPrefix("residual.") }
      guard let most = curve.max(by: { ($0.estimate ?? 0) < ($1.estimate ?? 0) }) else {
        return nil
      }
      let short = name.prefix { $0 != "(" }.trimmingCharacters(in: .whitespaces)
      return "\(short) is largest after \(Wording.place(most.site, blocks: data.blocks)) "
        + "(\(Wording.number(most.estimate, 2)))"
    }
    return best.joined(separator: ", ") + "."
  }

  private func figure(
    _ data: ReportData, _ found: [(name: String, rows: [Record])], _ alt: String, _ n: Int
  ) -> Figure {
    let chart = Chart(
      "Two views of the same documents through depth",
      subtitle: "\(data.model): mean states of two augmentations of each of \(n) documents",
      description: alt, x: Axis("Blocks passed"), y: Axis(""), columns: found.count,
      sharesY: false,
      panels: found.map { name, rows in
        Panel(name) { Line(rows, x: { Wording.depth($0.site) }, y: \.estimate) }
      })
    let sites = data.sites.map(\.name).filter { site in
      found.contains { $0.rows.contains { $0.site == site } }
    }
    let table = Table(
      ["site"], numbers: found.map(\.name),
      sites.map { site in
        [site] + found.map { Wording.number($0.rows.first { $0.site == site }?.estimate) }
      })
    return Figure(name: "views-by-depth", chart: chart, alt: alt, table: table)
  }
}
