// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathRecord

/// What training did to the curve, when, where and how sure that is, said from the rows.
struct StagesFinding {
  private let data: StagesData

  init(_ data: StagesData) { self.data = data }

  /// The finding in a few sentences.
  var sentence: String {
    let totals = data.curve(StageAnalysis.total.id)
    guard !totals.isEmpty else { return "No site has a value at every stage." }
    return [overall(totals), when, valleys].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// The change from the first stage to the last, where it is largest.
  private func overall(_ rows: [Record]) -> String {
    let last = rows.filter { data.step($0) == data.steps.last }
    let found = last.filter(data.isFound)
    let span = "From step \(data.steps[0]) to step \(data.steps[data.steps.count - 1])"
    guard let largest = found.max(by: smaller) else {
      return "\(span), no change of the matrix entropy is found at any of \(last.count) sites."
    }
    let way = (largest.estimate ?? 0) < 0 ? "falls" : "rises"
    return """
      \(span) the matrix entropy \(way) most \(place(largest.site)), by \
      \(ComparisonWords.signed(largest, 2)) nats; it changes at \(found.count) of \(last.count) sites.
      """
  }

  /// Between which stages the largest change lies.
  private var when: String {
    let rows = data.curve(StageAnalysis.change.id)
    let found = rows.filter(data.isFound)
    guard data.steps.count > 2, let largest = found.max(by: smaller) else { return "" }
    let sign = (largest.estimate ?? 0) < 0 ? -1.0 : 1
    let back = found.filter { ($0.estimate ?? 0) * sign < 0 }.max(by: smaller)
    let other = back.map { ", the largest the other way \(between($0))" } ?? ""
    return """
      The largest single change lies \(between(largest))\(other). \(found.count) of \(rows.count) \
      changes from stage to stage stand with all tested together.
      """
  }

  /// `between steps 16 and 64 (−2.94 [−3.00, −2.88] nats after block 3)`.
  private func between(_ row: Record) -> String {
    let step = data.step(row)
    let before = data.steps.last { $0 < step } ?? data.steps[0]
    return """
      between steps \(before) and \(step) (\(ComparisonWords.signed(row, 2)) nats \(place(row.site)))
      """
  }

  private var valleys: String {
    let ends = [0, data.steps.count - 1].map { data.valley($0) }
    guard let first = ends[0], let last = ends[1] else { return "" }
    let names = [first, last].map { "\(place($0.site))\(range($0))" }
    return first.site == last.site
      ? "The curve is lowest \(names[0]) at first and \(names[1]) at last."
      : "Its lowest point moves: \(names[0]) at first, \(names[1]) at last."
  }

  /// ` [1–2]`: the interval of a valley, in blocks.
  private func range(_ row: Record) -> String {
    guard let low = row.low, let high = row.high else { return "" }
    let ends = [low, high].map { Wording.number($0 * Double(data.blocks), 0) }
    return ends[0] == ends[1] ? "" : " [\(ends[0])–\(ends[1])]"
  }

  /// "after block 3", "at the embedding", "after the final norm".
  private func place(_ site: String) -> String { data.place(site) }

  private func smaller(_ a: Record, _ b: Record) -> Bool {
    abs(a.estimate ?? 0) < abs(b.estimate ?? 0)
  }
}

extension StagesData {
  /// A site as a reader says it: "after block 3", "at the embedding", "after the final norm".
  func place(_ site: String) -> String {
    switch (residualDepth(site), site) {
    case (0?, _): "at the embedding"
    case (let block?, _): "after block \(block)"
    case (nil, "final-norm"): "after the final norm"
    default: "at \(site)"
    }
  }
}
