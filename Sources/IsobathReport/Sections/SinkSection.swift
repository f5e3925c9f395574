// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathChart
import IsobathMarkdown
import IsobathMeasure
import IsobathRecord

/// State norms through depth: whether the valley is one token's doing.
///
/// A token whose state is more than ten times as long as the median token's is an attention sink
/// (Queipo-de-Llano et al., arXiv 2510.06477); its direction then fills the spectrum.
struct SinkSection: ReportSection {
  let title = "Is it the sink?"

  private struct Norm {
    let site: String
    let name: String
    let value: Double?
  }

  func content(_ data: ReportData) -> SectionContent? {
    let names = [
      ("norm-first", "first token"), ("norm-largest", "longest token"),
      ("norm-median", "median token"),
    ]
    let norms = names.flatMap { measure, name in
      data.rows("mean", measure, preparation: "").filter { $0.site.hasPrefix("residual.") }.map {
        Norm(site: $0.site, name: name, value: $0.estimate)
      }
    }
    guard norms.contains(where: { $0.value != nil }) else { return nil }
    let ratios = ratios(norms)
    let text = [sink(data, ratios), massive(data), attention(data), comparison(data)].filter {
      !$0.isEmpty
    }
    return SectionContent(
      blocks: [.paragraph(Prose(text.joined(separator: " ")))],
      figures: [figure(data, norms, text.first ?? "", names.map(\.1))])
  }

  /// The longest token's norm over the median token's, by site, in forward order.
  private func ratios(_ norms: [Norm]) -> [(site: String, ratio: Double)] {
    norms.filter { $0.name == "longest token" }.compactMap { long in
      let median = norms.first { $0.site == long.site && $0.name == "median token" }?.value
      guard let value = long.value, let median, median > 0 else { return nil }
      return (long.site, value / median)
    }
  }

  private func sink(_ data: ReportData, _ ratios: [(site: String, ratio: Double)]) -> String {
    guard let most = ratios.max(by: { $0.ratio < $1.ratio }) else { return "" }
    let threshold = Wording.number(data.sinkThreshold, 0)
    guard most.ratio > data.sinkThreshold else {
      return "No token's state is more than \(threshold) times as long as the "
        + "median token's at any depth: there is no attention sink."
    }
    let place = data.answer("valley")?.site ?? most.site
    let index = ratios.firstIndex { $0.site == place }
    let here =
      index.map { index in
        let before =
          index > 0
          ? ", after one block fewer \(Wording.number(ratios[index - 1].ratio, 1)) times" : ""
        return " At the valley, after \(Wording.place(place, blocks: data.blocks)), it is "
          + "\(Wording.number(ratios[index].ratio, 0)) times as long\(before)."
      } ?? ""
    return
      "The longest state of a document is up to \(Wording.number(most.ratio, 0)) times as long as "
      + "the median one (after \(Wording.place(most.site, blocks: data.blocks))); more than "
      + "\(threshold) times is called an attention sink." + here
  }

  /// Which features make the sinks.
  private func massive(_ data: ReportData) -> String {
    guard let most = data.massive.first else { return "" }
    let tokens = data.massive.filter { $0.position == 1 }.reduce(0) { $0 + $1.documents }
    let all = data.massive.reduce(0) { $0 + $1.documents }
    let features = Set(data.massive.map(\.feature)).sorted().prefix(6).map(String.init)
    return "The massive activations (over 100 and a thousand times the median magnitude) sit in "
      + "feature\(features.count == 1 ? "" : "s") \(features.joined(separator: ", ")), "
      + "\(Wording.percent(Double(tokens) / Double(all))) of them in the first token; the largest mean "
      + "is \(Wording.number(most.mean, 0)), in feature \(most.feature) after "
      + "\(Wording.place(most.site, blocks: data.blocks))."
  }

  /// Where attention goes to the first token.
  private func attention(_ data: ReportData) -> String {
    let rates = data.rows("mean", SiteScalar.sinkRate.id, preparation: "")
    guard let most = rates.max(by: { ($0.estimate ?? 0) < ($1.estimate ?? 0) }),
      let share = most.estimate, share > 0
    else { return "" }
    let above = rates.filter { ($0.estimate ?? 0) > 0.5 }.compactMap { residualDepth($0.site) }
    let place = residualDepth(most.site).map { "block \($0 - 1)" } ?? most.site
    let blocks =
      above.isEmpty
      ? "in no block more than half of them do"
      : "more than half of them do in \(above.count) of \(data.blocks) blocks, the first of them "
        + "block \((above.min() ?? 1) - 1)"
    return "Heads that give over 0.3 of their attention to the first token: at most "
      + "\(Wording.percent(share)) of a block's heads (\(place)); \(blocks)."
  }

  /// What becomes of the curve when the first token takes no part.
  private func comparison(_ data: ReportData) -> String {
    guard let twin = data.twin,
      let valley = data.rows("valley", "entropy", preparation: twin).first, valley.estimate != nil,
      let fall = data.rows("fall", "entropy", preparation: twin).first
    else { return "" }
    return "Without the first token the curve is lowest after "
      + "\(Wording.place(valley.site, blocks: data.blocks)), \(Wording.interval(fall)) nats from the "
      + "embedding."
  }

  private func figure(
    _ data: ReportData, _ norms: [Norm], _ alt: String, _ order: [String]
  ) -> Figure {
    let chart = Chart(
      "Length of states through depth",
      subtitle:
        "\(data.model): L2 norms within each document, mean over \(data.documents) documents",
      description: alt, x: Axis("Blocks passed (0 = embedding)"),
      y: Axis("Norm of a token's state", scale: .log), order: order
    ) {
      Line(norms, x: { Wording.depth($0.site) }, y: \.value, series: \.name)
    }
    let sites = norms.filter { $0.name == order[0] }.map(\.site)
    let extra = [
      ("sink-count", "sinks in a document"), ("sink-bound", "raw H is at most (nats)"),
    ].filter { !data.rows("mean", $0.0, preparation: "").isEmpty }
    let table = Table(
      ["site"], numbers: order + extra.map(\.1),
      sites.map { site in
        [site]
          + order.map { name in
            Wording.number(norms.first { $0.site == site && $0.name == name }?.value, 1)
          }
          + extra.map { measure, _ in
            let row = data.rows("mean", measure, preparation: "").first { $0.site == site }
            return Wording.number(row?.estimate, 2)
          }
      })
    return Figure(name: "norms-by-depth", chart: chart, alt: alt, table: table)
  }
}
