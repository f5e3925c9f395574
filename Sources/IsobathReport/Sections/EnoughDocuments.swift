// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathChart
import IsobathMarkdown
import IsobathRecord

/// Whether there are enough documents: a sentence, and the entropies of fewer of them.
struct EnoughDocuments {
  private let data: ReportData
  private let preparation: String
  /// Where the mean over documents is looked at: the valley, or the last site.
  private let site: String

  init(_ data: ReportData, _ preparation: String) {
    self.data = data
    self.preparation = preparation
    site = data.answer("valley")?.site ?? "residual.\(data.blocks)"
  }

  private var own: Record? {
    data.rows("adequacy", "entropy").first { $0.site == site && $0.estimate != nil }
  }

  private var pooled: [Record] {
    data.rows("pooled-adequacy", "entropy", preparation: preparation).filter {
      $0.estimate != nil
    }
  }

  var hasPooled: Bool { !pooled.isEmpty }

  /// "120 documents give ± x nats".
  var sentence: String {
    var text = ""
    if let own, let value = own.estimate, let high = own.high, let n = own.n {
      text =
        "\(n) documents give the mean of their own entropies to ± "
        + "\(Wording.number(high - value, 3)) nats after "
        + "\(Wording.place(own.site, blocks: data.blocks)); half of that takes "
        + "\(4 * n) documents."
    }
    guard let last = pooled.last, let slope = drop(last) else { return text }
    return text
      + " Halving their number moves the uncorrected pooled entropy by "
      + "\(Wording.number(slope, 2)) nats after \(Wording.place(last.site, blocks: data.blocks)): "
      + (abs(slope) < 0.05
        ? "it has settled."
        : "it has not settled, and more would \(slope < 0 ? "raise" : "lower") it.")
  }

  /// From half of the documents to all.
  private func drop(_ row: Record) -> Double? {
    let points = curve(row)
    guard points.count > 1, let all = points.last?.estimate,
      let half = points[points.count - 2].estimate
    else { return nil }
    return half - all
  }

  private func curve(_ row: Record) -> [Record] {
    data.rows("\(row.analysis)-curve", "entropy", preparation: row.preparation)
      .filter { $0.site == row.site }.sorted { ($0.n ?? 0) < ($1.n ?? 0) }
  }

  var figure: Figure {
    let own = own.map { curve($0) } ?? []
    let panels = [
      ("Mean of the documents' own entropies", own),
      ("Pooled entropy, uncorrected", pooled.flatMap { curve($0) }),
    ].filter { !$0.1.isEmpty }
    let share = { (row: Record) in row.n.map { 1 / Double($0) } }
    let label = { (row: Record) in "after " + Wording.place(row.site, blocks: data.blocks) }
    let chart = Chart(
      "Are there enough documents?",
      subtitle: "\(data.model): entropy of random subsets of the documents; bars: standard "
        + "deviation over subsets",
      description: sentence, x: Axis("1 / number of documents", scale: .linear.including(0)),
      y: Axis("Matrix entropy", unit: "nats"), columns: 2, sharesY: false,
      panels: panels.map { title, rows in
        Panel(title) {
          ErrorBar(rows, x: share, low: \.low, high: \.high, series: label)
          Line(rows, x: share, y: \.estimate, series: label, points: true)
        }
      })
    let table = Table(
      ["what", "where"], numbers: ["documents", "entropy (nats)", "standard deviation"],
      panels.flatMap { title, rows in
        rows.map { row in
          let spread = row.high.flatMap { high in row.estimate.map { high - $0 } }
          return [
            title, row.site, "\(row.n ?? 0)", Wording.number(row.estimate), Wording.number(spread),
          ]
        }
      })
    return Figure(name: "enough-documents", chart: chart, alt: sentence, table: table)
  }
}
