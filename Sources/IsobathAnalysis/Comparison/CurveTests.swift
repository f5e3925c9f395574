// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathRecord
import IsobathStatistics

/// Everything that is asked of one curve of paired differences.
struct CurveTests: Sendable {
  let curve: ComparedCurve
  let differences: [Interval]
  let band: SimultaneousBand
  let tests: [SignFlipTest?]
  /// Benjamini–Hochberg over the sites that have a test.
  let discoveries: [Double?]
  let effects: [PairedEffect]
  /// exp of the mean difference for entropies, else the ratio of means.
  let ratios: [Interval]
  /// Only of quantities in nats.
  let equivalences: [Equivalence]?
  private let options: ComparisonOptions

  init(_ curve: ComparedCurve, _ table: DocumentTable, _ options: ComparisonOptions) {
    self.curve = curve
    self.options = options
    let rows = curve.differences
    let bootstrap = table.bootstrap(over: curve.documents, options.analysis)
    differences = bootstrap.means(rows)
    band = bootstrap.band(rows)
    let flips = options.analysis.flips(bootstrap.units)
    tests = flips.test(rows)
    discoveries = CurveTests.discoveries(tests.map { $0?.p })
    effects = curve.points.map { bootstrap.effect($0.tuned.values, $0.base.values) }
    ratios =
      ComparedQuantity.isEntropy(curve.key)
      ? bootstrap.means(rows) { exp($0) } : effects.map(\.ratio)
    equivalences =
      curve.key.unit == "nats"
      ? rows.map {
        Equivalence($0, units: bootstrap.units, within: -options.margin...options.margin)
      } : nil
  }

  private static func discoveries(_ p: [Double?]) -> [Double?] {
    let adjusted = FalseDiscovery.benjaminiHochberg.adjusted(p.compactMap { $0 })
    var rest = adjusted[...]
    return p.map { $0 == nil ? nil : rest.popFirst() }
  }

  /// The answers as rows, in no particular order.
  var rows: [Record] {
    curve.points.indices.flatMap { index -> [Record] in
      let row = { (analysis: ComparisonAnalysis) in
        curve.points[index].row(analysis, n: curve.documents.count)
      }
      var rows = [
        row(.difference).with(differences[index]), row(.band).with(band.sites[index]),
        row(.effect).with(effects[index].dz, unit: "1"),
        row(.ratio).with(ratios[index], unit: "1"),
      ]
      for (analysis, p) in [
        (ComparisonAnalysis.p, tests[index]?.p), (.adjusted, tests[index]?.stepDown),
        (.discovery, discoveries[index]),
      ] {
        rows.append(row(analysis).with(p: p))
      }
      if let test = equivalences?[index] { rows += equivalence(test, row) }
      return rows
    } + ranges.map { $0.row(curve, level: band.sites.first?.level) }
  }

  private func equivalence(
    _ test: Equivalence, _ row: (ComparisonAnalysis) -> Record
  ) -> [Record] {
    var interval = row(.equivalent)
    interval.estimate = test.estimate
    (interval.low, interval.high) = (test.low, test.high)
    interval.level = test.low == nil ? nil : 1 - 2 * test.alpha
    let verdict = test.isShown ? "no change beyond" : "not shown to lie within"
    interval.add(note: test.remark?.description ?? "")
    interval.add(note: "\(verdict) ±\(SettingValue(test.margin.upperBound)) nats")
    var p = row(.equivalentP).with(p: test.p)
    if test.p == nil { p.add(note: test.remark?.description ?? "") }
    return [interval, p]
  }
}

extension AnalysisOptions {
  /// Sign flips over these units, the same patterns for every curve of as many units.
  func flips(_ units: Units) -> SignFlips {
    let stream = RandomStream(seed: seed, purpose: "sign-flips", group: "documents")
    return SignFlips(units: units, count: resamples, stream: stream, threads: threads)
  }
}

extension ComparedCurve.Point {
  /// A row about the difference at this site.
  func row(_ analysis: ComparisonAnalysis, n: Int, note: String = "") -> Record {
    let (mine, other) = (tuned.key, base.key)
    var row = Record(
      run: mine.run, family: mine.family, model: mine.model, revision: mine.revision,
      corpus: mine.corpus, site: mine.site, depth: mine.depth, position: mine.position,
      preparation: mine.preparation, measure: mine.measure, order: mine.order,
      analysis: analysis.id, n: n, unit: mine.unit)
    row.add(note: "less run \(other.run)")
    if other.site != mine.site { row.add(note: "less \(other.site)") }
    row.add(note: note)
    row.add(note: tuned.missingNote)
    return row
  }
}

extension Record {
  /// Adds a remark to the note.
  mutating func add(note text: String) {
    guard !text.isEmpty else { return }
    note += note.isEmpty ? text : "; " + text
  }

  /// The same row with an interval.
  func with(_ interval: Interval, unit: String? = nil) -> Record {
    var row = self
    row.estimate = interval.estimate
    (row.low, row.high) = (interval.low, interval.high)
    row.level = interval.low == nil ? nil : interval.level
    row.n = interval.n
    if let unit { row.unit = unit }
    row.add(note: interval.note)
    if interval.unit == .source { row.add(note: "\(interval.units) sources resampled") }
    return row
  }

  /// The same row with a p-value.
  func with(p: Double?) -> Record {
    var row = self
    row.estimate = p
    row.unit = "1"
    return row
  }
}
