// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathMarkdown
import IsobathMeasure
import IsobathRecord

/// How well the model foretells these texts: the paper's companion to matrix entropy.
struct PredictionSection: ReportSection {
  let title = "How well the model predicts"

  func content(_ data: ReportData) -> SectionContent? {
    guard let loss = whole(.loss, data), loss.estimate != nil else { return nil }
    let entropy = whole(.predictionEntropy, data)
    let text = """
      The loss on these texts is \(Wording.interval(loss)) nats per token, perplexity \
      \(Wording.number(loss.estimate.map { exp($0) }, 1)); the model's predictions have an entropy of \
      \(Wording.interval(entropy)) nats.\(lens(data))
      """
    return SectionContent(blocks: [.paragraph(Prose(text))])
  }

  private func whole(_ scalar: SiteScalar, _ data: ReportData) -> Record? {
    data.rows("mean", scalar.id, preparation: "").first { $0.site.isEmpty }
  }

  /// From which depth on the logit lens is closer to the end than to the start.
  private func lens(_ data: ReportData) -> String {
    let curve = data.rows("mean", SiteScalar.lensLoss.id, preparation: "")
    guard let last = curve.last?.estimate,
      let worst = curve.compactMap(\.estimate).max(), worst > last,
      let half = curve.last(where: { ($0.estimate ?? last) > (worst + last) / 2 })
    else { return "" }
    return
      " Read by the same head at every depth (the logit lens), the loss has come half of the way "
      + "from its worst, \(Wording.number(worst, 1)) nats, after "
      + "\(Wording.place(half.site, blocks: data.blocks))."
  }
}
