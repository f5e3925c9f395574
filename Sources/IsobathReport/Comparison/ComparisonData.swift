// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathMeasure
import IsobathRecord

/// A comparison as sections draw on it: its rows by name, in forward order.
struct ComparisonData: Sendable {
  let comparison: Comparison
  let words: ComparisonWords
  private let places: [String: Int]
  private let byAnalysis: [String: [Record]]

  init(_ comparison: Comparison) {
    self.comparison = comparison
    words = ComparisonWords(comparison)
    places = Dictionary(
      uniqueKeysWithValues: comparison.runs.sites.enumerated().map { ($1.tuned, $0) })
    byAnalysis = Dictionary(grouping: comparison.rows, by: \.analysis)
  }

  var base: RunManifest { comparison.runs.base.manifest }
  var tuned: RunManifest { comparison.runs.tuned.manifest }
  var blocks: Int { tuned.subject.blocks }
  var isPaired: Bool { comparison.options.pairing == .paired }
  var documents: Int { rows(.tuned, "entropy").compactMap(\.n).max() ?? 0 }
  var level: String { Wording.percent(comparison.options.analysis.level) }
  /// The preparation that figures show: the first that both runs have.
  var preparation: String { comparison.runs.preparations.first ?? Preparation.paper.id }
  /// The difference that the report opens with.
  var mainDifference: ComparisonAnalysis { isPaired ? .difference : .unpaired }

  /// The answers of one analysis about one measure without a position, in forward order.
  func rows(
    _ analysis: ComparisonAnalysis, _ measure: String, order: Double? = nil,
    preparation wanted: String? = nil
  ) -> [Record] {
    (byAnalysis[analysis.id] ?? []).filter {
      $0.measure == measure && $0.order == order && $0.position == nil
        && ($0.preparation.isEmpty || $0.preparation == wanted ?? preparation)
    }.sorted { (places[$0.site] ?? 0) < (places[$1.site] ?? 0) }
  }

  /// Those of prefixes, site by site, length by length.
  func prefixes(
    _ analysis: ComparisonAnalysis, _ measure: String, order: Double? = nil
  ) -> [Record] {
    (byAnalysis[analysis.id] ?? []).filter {
      $0.measure == measure && $0.order == order && $0.position != nil
        && $0.preparation == preparation
    }.sorted { a, b in
      (places[a.site] ?? 0, a.position ?? 0) < (places[b.site] ?? 0, b.position ?? 0)
    }
  }

  /// The Rényi orders with rows, ascending; the matrix entropy stands for order 1.
  var orders: [Double] {
    let found = (byAnalysis[mainDifference.id] ?? []).filter {
      $0.measure == "renyi-entropy" && $0.position == nil
    }
    return Set(found.compactMap(\.order) + [1]).sorted()
  }

  /// Of one order, whichever measure holds it.
  func rows(_ analysis: ComparisonAnalysis, order: Double) -> [Record] {
    order == 1 ? rows(analysis, "entropy") : rows(analysis, "renyi-entropy", order: order)
  }

  /// The value of an analysis at a site.
  func value(_ analysis: ComparisonAnalysis, _ measure: String, at site: String) -> Record? {
    rows(analysis, measure).first { $0.site == site }
  }

  /// Decimals that show two digits of the largest change: 2 for most models, more for small changes.
  var decimals: Int {
    let largest = rows(mainDifference, "entropy").compactMap { $0.estimate.map(abs) }.max() ?? 0
    return Wording.decimals(for: largest)
  }

  /// The ranges of one curve of the main preparation.
  func ranges(_ measure: String, order: Double? = nil) -> [ChangedRange] {
    comparison.ranges.filter {
      $0.measure == measure && $0.order == order
        && ($0.preparation.isEmpty || $0.preparation == preparation)
    }
  }

  /// Whether a row's adjusted p says that something changed.
  func hasChanged(_ row: Record) -> Bool {
    let p = (byAnalysis[ComparisonAnalysis.adjusted.id] ?? []).first {
      $0.site == row.site && $0.measure == row.measure && $0.order == row.order
        && $0.preparation == row.preparation && $0.position == row.position
    }
    return (p?.estimate ?? 1) < ComparisonOptions.alpha
  }
}
