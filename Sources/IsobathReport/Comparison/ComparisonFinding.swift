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

  /// What was found, without how sure it is: for figures.
  var summary: String {
    let rows = data.rows(data.mainDifference, "entropy").filter { $0.estimate != nil }
    let ranges = data.ranges("entropy")
    return data.isPaired && !ranges.isEmpty && !isIdentical
      ? change(ranges, rows).joined(separator: " ") : sentence
  }

  private func found(_ ranges: [ChangedRange], _ rows: [Record]) -> String {
    (change(ranges, rows) + [certainty(ranges, rows)]).joined(separator: " ")
  }

  private func change(_ ranges: [ChangedRange], _ rows: [Record]) -> [String] {
    let sorted = ranges.sorted { weight($0) > weight($1) }
    let first = sorted[0]
    let way = first.estimate < 0 ? "lowers" : "raises"
    let peak = ComparisonWords.signed(first.peakEstimate, data.decimals)
    let most =
      first.sites.count > 1 ? ", most \(data.words.span([first.peak])) (\(peak))" : ""
    let opening = """
      \(data.words.act) \(way) the matrix entropy \(data.words.fullSpan(first.sites)) by \
      \(size(first))\(most).
      """
    var others = sorted.dropFirst().prefix(3).map { range in
      let row = Record(estimate: range.estimate, low: range.low, high: range.high)
      return "\(data.words.span(range.sites)) (\(ComparisonWords.signed(row, data.decimals)))"
    }
    guard let last = others.popLast() else { return [opening] }
    let more = sorted.count > 4 ? ", and in \(sorted.count - 4) more ranges" : ""
    let list = others.isEmpty ? last : others.joined(separator: ", ") + " and " + last
    return [opening, "It also changes \(list)\(more)."]
  }

  /// How much a range moves the curve in all.
  private func weight(_ range: ChangedRange) -> Double {
    abs(range.estimate) * Double(range.sites.count)
  }

  /// `0.31 nats [0.22, 0.40]`: the size of a change whose direction is said.
  private func size(_ range: ChangedRange) -> String {
    let sign = range.estimate < 0 ? -1.0 : 1
    let ends = [range.low, range.high].compactMap { $0.map { $0 * sign } }.sorted()
    let interval =
      ends.isEmpty
      ? "" : " [\(ends.map { Wording.number($0, data.decimals) }.joined(separator: ", "))]"
    return "\(Wording.number(range.estimate * sign, data.decimals)) nats\(interval)"
  }

  private func certainty(_ ranges: [ChangedRange], _ rows: [Record]) -> String {
    let changed = Set(ranges.flatMap(\.sites))
    let largest = ranges.map(\.p).max() ?? 1
    let p = largest < 0.001 ? "p < 0.001" : "p at most \(ComparisonWords.p(largest))"
    let sites =
      changed.count == 1 ? "This site stands" : "Each of these \(changed.count) sites stands"
    let sure = "\(sites) with all \(rows.count) tested together (adjusted \(p))"
    let rest = rows.count - changed.count
    guard rest > 0 else { return sure + "; no site stays as it was." }
    let same = equivalents.filter { !changed.contains($0.site) }.count
    let margin = Wording.number(data.comparison.options.margin, 2)
    return same == rest
      ? "\(sure); none of the other \(rest) changes by more than \(margin) nats."
      : "\(sure); of the other \(rest), \(same) are shown to change by no more than \(margin) nats."
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
      \(data.words.span([largest?.site ?? ""])), by \(ComparisonWords.signed(largest, data.decimals)) nats. Texts and \
      tokenizers may be behind this as well as the models.
      """
  }
}
