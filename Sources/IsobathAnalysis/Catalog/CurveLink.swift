// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMeasure
import IsobathRecord
import IsobathStatistics

/// Whether a measure's mean curve through depth goes with the matrix entropy's.
struct CurveLink: Analysis {
  let id = "curve-correlation"
  let title = "Correlation with the entropy's curve"
  let about = """
    Spearman's correlation, over residual.0 … residual.L, of a measure's mean curve with that of the \
    matrix entropy. Neighbouring layers are not independent, so p is the share of circular shifts of one \
    curve that reach the correlation (Harris, arXiv 2012.06862) and the interval a moving-block bootstrap \
    over layers (Künsch, Ann. Stat. 17, 1989). It says that two curves bend together in this model, \
    not that one makes the other.
    """

  func rows(_ table: DocumentTable, _ options: AnalysisOptions) -> [Record] {
    let series = table.series(withPosition: false)
    var curves: [SeriesKey: [Int: Series]] = [:]
    var order: [SeriesKey] = []
    for one in series {
      guard let block = residualDepth(one.key.site), !one.values.isEmpty else { continue }
      if curves[one.key.curve] == nil { order.append(one.key.curve) }
      curves[one.key.curve, default: [:]][block] = one
    }
    guard let main = order.first(where: { $0.measure == "entropy" && $0.order ?? 1 == 1 }),
      let entropy = curves[main]
    else { return [] }
    return order.compactMap { key in
      // A number of the spectrum itself would only say that it is one.
      let isSpectral =
        !key.preparation.isEmpty || publishedCodes.contains { key.measure.hasPrefix($0.id + "-") }
      return isSpectral ? nil : curves[key].flatMap { row(entropy, $0, options) }
    }
  }

  private func row(
    _ entropy: [Int: Series], _ other: [Int: Series], _ options: AnalysisOptions
  ) -> Record? {
    let blocks = entropy.keys.filter { other[$0] != nil }.sorted()
    let means = { (curve: [Int: Series]) in
      blocks.compactMap { curve[$0].map { $0.values.reduce(0, +) / Double($0.values.count) } }
    }
    let stream = RandomStream(
      seed: options.seed, purpose: "curve-correlation", group: other.values.first?.key.measure ?? ""
    )
    guard let first = blocks.first.flatMap({ other[$0] }),
      let link = CurveCorrelation(
        means(entropy), means(other), .spearman, count: options.resamples, level: options.level,
        stream: stream)
    else { return nil }
    var row = first.row(self, unit: "1")
    row.site = ""
    row.depth = nil
    row.estimate = link.coefficient
    row.low = link.low
    row.high = link.high
    row.level = link.low == nil ? nil : options.level
    row.n = link.layers
    row.note =
      "over layers; p = \(thousandths(link.shiftP)) by circular shifts, "
      + "\(thousandths(link.blockP)) by blocks"
    return row
  }

  /// p with three decimals, rounded up so that it never reads as zero.
  private func thousandths(_ p: Double) -> String {
    let digits = String(Int((p * 1000).rounded(.up)) + 1000)
    return "\(digits.prefix(1) == "2" ? "1" : "0").\(digits.suffix(3))"
  }
}
