// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathMeasure
import IsobathRecord
import IsobathStatistics

/// What each measure, analysis and preparation gave in one run, in a sentence: examples for
/// explanations.
package struct Examples: Sendable {
  /// By name; what the run does not have is not there.
  package let texts: [String: String]

  package init(_ data: ReportData) {
    var texts: [String: String] = [:]
    for measure in allMeasures { texts[measure.id] = Examples.of(measure, data) }
    texts[TokenContributions.measure.id] = Examples.contributions(data)
    for analysis in analysisTerms { texts[analysis.id] = Examples.of(analysis.id, data) }
    for preparation in data.preparations {
      texts[preparation] = Examples.of(preparation: preparation, data)
    }
    self.texts = texts
  }

  /// What the run is, as an example's beginning.
  private static func place(_ data: ReportData) -> String {
    "\(data.model) over \(data.documents) documents of \(data.manifest.subject.corpus)"
  }

  /// A measure's means at the embedding, the valley and the last block.
  private static func of(_ measure: any Measure, _ data: ReportData) -> String? {
    let wanted = ["residual.0", data.answer("valley")?.site ?? "", "residual.\(data.blocks)", ""]
    let order: Double? = measure.id == RenyiEntropy.shannon.id ? 2 : nil
    let rows = (data.rows("mean", measure.id) + data.rows("mean", measure.id, preparation: ""))
      .filter { $0.order == order && $0.estimate != nil }
    var seen: Set<String> = []
    let parts = wanted.compactMap { site -> String? in
      guard seen.insert(site).inserted, let row = rows.first(where: { $0.site == site }) else {
        return nil
      }
      let value = Wording.interval(row, decimals(measure.unit))
      return site.isEmpty
        ? "\(value) over the whole document"
        : "\(value) after \(Wording.place(site, blocks: data.blocks))"
    }
    guard !parts.isEmpty else { return nil }
    let name = order.map { "order \(Wording.order($0)): " } ?? ""
    return "\(place(data)): \(name)\(parts.joined(separator: ", "))."
  }

  private static func decimals(_ unit: MeasureUnit) -> Int {
    switch unit {
    case .nats, .squareNats, .radians, .one: 3
    case .dimensions: 1
    }
  }

  /// An analysis' first answer about the entropy.
  private static func of(_ analysis: String, _ data: ReportData) -> String? {
    let rows = data.answers.filter { $0.analysis == analysis && $0.estimate != nil }
    let own = rows.filter { $0.measure == "entropy" && $0.preparation == data.preparation }
    let here = own.filter { $0.site == data.answer("valley")?.site }
    guard
      let row = here.max(by: { ($0.position ?? 0) < ($1.position ?? 0) }) ?? own.first ?? rows.first
    else { return nil }
    let position = row.position.map { ", position \($0)" } ?? ""
    let at = row.site.isEmpty ? "" : " at \(row.site)\(position)"
    let note = row.note.isEmpty ? "" : " (\(row.note))"
    let unit = row.unit == MeasureUnit.one.rawValue ? "" : " \(row.unit)"
    return "\(place(data)): \(row.measure)\(at), \(Wording.interval(row, 3))\(unit)\(note)."
  }

  /// Who carries most and least at the valley.
  private static func contributions(_ data: ReportData) -> String? {
    guard let census = data.census.first, let most = census.kinds.first,
      let least = census.kinds.last
    else { return nil }
    let shares = [most, least].map { Wording.number($0.share.estimate, 2) }
    return "\(place(data)): after \(Wording.place(census.site, blocks: data.blocks)), "
      + "\(Wording.token(most.text)) carries \(shares[0]) times what the mean token does, "
      + "\(Wording.token(least.text)) \(shares[1]) times."
  }

  private static func of(preparation: String, _ data: ReportData) -> String? {
    let rows = data.rows("mean", "entropy", preparation: preparation)
    let valley = data.rows("valley", "entropy", preparation: preparation).first
    guard let first = rows.first, let valley,
      let lowest = rows.first(where: { $0.site == valley.site })
    else { return nil }
    return
      "\(place(data)): the entropy is \(Wording.interval(first, 3)) nats at \(first.site) and lowest, "
      + "\(Wording.interval(lowest, 3)), after \(Wording.place(lowest.site, blocks: data.blocks))."
  }
}
