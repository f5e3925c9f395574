// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathRecord

/// What changed, where, by how much and how sure, said from the rows.
struct ComparisonFinding {
  private let data: ComparisonData

  init(_ data: ComparisonData) { self.data = data }

  /// The finding in a few sentences.
  var sentence: String {
    let rows = data.rows(data.mainDifference, "entropy").filter { $0.estimate != nil }
    guard !rows.isEmpty else { return "No site of the two runs has a value in both." }
    guard data.isPaired else { return unpaired(rows) }
    if isIdentical { return identity(rows) }
    let ranges = data.ranges("entropy")
    return ranges.isEmpty ? nothingFound(rows) : found(ranges, rows)
  }

  /// Whether no document differs at any site.
  private var isIdentical: Bool {
    data.rows(.difference, "entropy").allSatisfy { $0.estimate == 0 && $0.low == nil }
  }

  private func identity(_ rows: [Record]) -> String {
    """
    No change: the matrix entropy of each of the \(data.documents) documents is the same to the last bit \
    in both models, at all \(rows.count) sites.
    """
  }

  private func found(_ ranges: [ChangedRange], _ rows: [Record]) -> String {
    let sorted = ranges.sorted { weight($0) > weight($1) }
    let first = sorted[0]
    let way = first.estimate < 0 ? "lowers" : "raises"
    let peak = ComparisonWords.signed(first.peakEstimate, 2)
    let most =
      first.sites.count > 1 ? ", most \(data.words.span([first.peak])) (\(peak))" : ""
    let others = sorted.dropFirst().prefix(3).map {
      "\(data.words.span($0.sites)) (\(size($0)))"
    }
    let more = sorted.count > 4 ? " and in \(sorted.count - 4) more ranges" : ""
    let rest =
      others.isEmpty ? "" : " It also changes \(others.joined(separator: ", "))\(more)."
    return """
      \(data.words.act) \(way) the matrix entropy \(data.words.fullSpan(first.sites)) by \
      \(size(first).drop { $0 == "−" || $0 == "+" })\(most).\(rest) \(certainty(sorted, rows))
      """
  }

  /// How much a range moves the curve in all.
  private func weight(_ range: ChangedRange) -> Double {
    abs(range.estimate) * Double(range.sites.count)
  }

  /// `−0.31 nats [−0.40, −0.22]`.
  private func size(_ range: ChangedRange) -> String {
    let isDown = range.estimate < 0
    let ends = [range.low, range.high].compactMap { $0 }
    let brackets = ends.map { Wording.number(isDown ? -$0 : $0, 2) }
    let interval =
      ends.isEmpty
      ? "" : " [\((isDown ? brackets.reversed() : brackets).joined(separator: ", "))]"
    return "\(ComparisonWords.signed(range.estimate, 2)) nats\(interval)"
  }

  private func certainty(_ ranges: [ChangedRange], _ rows: [Record]) -> String {
    let changed = Set(ranges.flatMap(\.sites))
    let p = ComparisonWords.p(ranges.map(\.p).max())
    let rest = rows.count - changed.count
    let sure = "All \(changed.count) sites hold with every site looked at (adjusted p at most \(p))"
    guard rest > 0 else { return sure + "; no site stays as it was." }
    let same = equivalents.filter { !changed.contains($0.site) }.count
    let margin = Wording.number(data.comparison.options.margin, 2)
    return "\(sure.replacing("at most <", with: "<")); of the other \(rest) sites, "
      + "\(same) are shown to change by no more than \(margin) nats."
  }

  /// Sites at which no change beyond the margin is shown.
  private var equivalents: [Record] {
    data.rows(.equivalentP, "entropy").filter {
      ($0.estimate ?? 1) <= ComparisonOptions.alpha
        || data.value(.difference, "entropy", at: $0.site).map(isExactlyZero) ?? false
    }
  }

  private func isExactlyZero(_ row: Record) -> Bool { row.estimate == 0 && row.low == nil }

  private func nothingFound(_ rows: [Record]) -> String {
    let ends = data.rows(.equivalent, "entropy").map { row in
      [row.low, row.high, row.estimate].compactMap { $0 }.map(abs).max() ?? 0
    }
    let bound = ends.max().map { Wording.number(($0 * 1000).rounded(.up) / 1000) } ?? "–"
    let largest = rows.max { abs($0.estimate ?? 0) < abs($1.estimate ?? 0) }
    let shown = equivalents.count == rows.count
    let verdict =
      shown
      ? "No change larger than \(bound) nats"
      : "That is no proof that nothing changed: changes of up to \(bound) nats are not ruled out"
    let size = ComparisonWords.signed(largest?.estimate, 3)
    return """
      No change of the matrix entropy is found at any of the \(rows.count) sites: the largest mean \
      difference is \(size) nats, \(data.words.span([largest?.site ?? ""])). \(verdict) (two one-sided \
      tests at each site).
      """
  }

  private func unpaired(_ rows: [Record]) -> String {
    let largest = rows.max { abs($0.estimate ?? 0) < abs($1.estimate ?? 0) }
    return """
      Means over different documents, not paired and not tested: they differ most \
      \(data.words.span([largest?.site ?? ""])), by \(ComparisonWords.signed(largest, 2)) nats. Texts and \
      tokenizers may be behind this as well as the models.
      """
  }
}
