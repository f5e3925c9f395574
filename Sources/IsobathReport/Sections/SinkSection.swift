// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathChart
import IsobathMarkdown
import IsobathRecord

/// State norms through depth: whether the valley is one token's doing.
///
/// A token whose state is more than ten times as long as the median token's is an attention sink
/// (Queipo-de-Llano et al., arXiv 2510.06477); its direction then fills the spectrum.
struct SinkSection: ReportSection {
  let title = "Is it the sink?"
  private let threshold = 10.0

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
    let text = [sink(data, ratios), comparison(data)].filter { !$0.isEmpty }
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
    guard most.ratio > threshold else {
      return "No token's state is more than \(Wording.number(threshold, 0)) times as long as the "
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
      + "\(Wording.number(threshold, 0)) times is called an attention sink." + here
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
