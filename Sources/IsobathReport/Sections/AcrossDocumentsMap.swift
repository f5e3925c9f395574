// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathChart
import IsobathMarkdown
import IsobathRecord

/// The entropy across documents at one position, by layer and position.
struct AcrossDocumentsMap {
  private let data: ReportData
  private let rows: [Record]
  private let positions: [Int]

  /// - Returns: nil when there are fewer than two positions or sites.
  init?(_ data: ReportData, _ preparation: String) {
    self.data = data
    rows = data.rows("across-documents", "entropy", preparation: preparation).filter {
      $0.site.hasPrefix("residual.") && $0.estimate != nil
    }
    positions = Set(rows.compactMap(\.position)).sorted()
    guard positions.count > 1, Set(rows.map(\.site)).count > 1 else { return nil }
  }

  private var finding: String {
    let ends = [positions.first, positions.last].compactMap { $0 }.compactMap { t -> String? in
      let column = rows.filter { $0.position == t }
      guard let most = column.max(by: { ($0.estimate ?? 0) < ($1.estimate ?? 0) }) else {
        return nil
      }
      return "at token \(t) documents differ along most directions after "
        + "\(Wording.place(most.site, blocks: data.blocks)) (\(Wording.interval(most)) nats)"
    }
    let text = ends.joined(separator: ", ") + "."
    return text.prefix(1).uppercased() + text.dropFirst()
  }

  var text: String {
    """
    Across documents at one position: one row for each document, the state of its token t. \(finding) \
    Documents shorter than t have no row there, so the number of documents falls along t and with it, \
    whatever the states, the entropy: compare layers at one t.
    """
  }

  var figure: Figure {
    let chart = Chart(
      "Entropy across documents, by layer and position",
      subtitle: "\(data.model): one row for each document, the state of its token t; corrected",
      description: finding,
      x: Axis("Position t", unit: "tokens", scale: .log, ticks: positions.map { Double($0) }),
      y: Axis("Blocks passed (0 = embedding)"),
      color: ColorAxis("Matrix entropy", unit: "nats")
    ) { Cell(rows, x: \.position, y: { Wording.depth($0.site) }, fill: \.estimate) }
    let sites = data.sites.map(\.name).filter { site in rows.contains { $0.site == site } }
    let table = Table(
      ["site"], numbers: positions.map { "t = \($0)" },
      sites.map { site in
        [site]
          + positions.map { t in
            Wording.interval(rows.first { $0.site == site && $0.position == t })
          }
      })
    return Figure(name: "across-documents", chart: chart, alt: finding, table: table)
  }
}
