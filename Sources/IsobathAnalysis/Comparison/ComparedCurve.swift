// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMeasure
import IsobathRecord

/// One quantity of two models along their sites: the family of one multiple test.
struct ComparedCurve: Sendable {
  /// The base model's series and the other's at one site.
  struct Point: Sendable {
    let site: PairedRuns.SitePairing
    /// The base model's own values, or each document's mean over the seeds of an untrained one.
    let base: Series
    /// The seeds' own values, over the documents that all of them have; one series without seeds.
    let seeds: [Series]
    let tuned: Series
  }

  let points: [Point]
  /// Indices into both tables' documents: those with a value at every site in both; all of them when
  /// nothing is paired.
  let documents: [Int]

  var key: SeriesKey { points[0].tuned.key }

  /// tuned − base, a row for each site, a value for each document.
  var differences: [[Double]] {
    points.map { zip($0.tuned.values, $0.base.values).map { $0 - $1 } }
  }

  /// - Parameter shared: the documents of a paired curve; nil leaves each model its own.
  private init(_ points: [Point], shared: Set<Int>?) {
    guard let shared else {
      self.points = points
      documents = []
      return
    }
    documents = shared.sorted()
    self.points = points.map {
      Point(
        site: $0.site, base: $0.base.restricted(to: shared),
        seeds: $0.seeds.map { $0.restricted(to: shared) },
        tuned: $0.tuned.restricted(to: shared))
    }
  }

  /// Every curve that all tables have, in the order of the tuned one.
  ///
  /// - Parameter bases: the base model's, or those of an untrained model's seeds.
  static func all(
    _ bases: [DocumentTable], _ tuned: DocumentTable, _ runs: PairedRuns
  ) -> [ComparedCurve] {
    let wanted = ComparedQuantity(runs)
    let seeds = bases.map { table in
      Dictionary(table.series(withPosition: false).map { ($0.key.bare, $0) }) { first, _ in first }
    }
    let places = Dictionary(uniqueKeysWithValues: runs.sites.enumerated().map { ($1.tuned, $0) })
    var order: [SeriesKey] = []
    var members: [SeriesKey: [(place: Int, point: Point)]] = [:]
    for series in tuned.series(withPosition: false) where wanted.includes(series.key) {
      let isWhole = series.key.site.isEmpty
      guard let place = isWhole ? 0 : places[series.key.site] else { continue }
      let site = isWhole ? PairedRuns.SitePairing.whole : runs.sites[place]
      let others = seeds.compactMap { $0[series.key.bare.at(site.base)] }
      guard others.count == bases.count else { continue }
      let curve = series.key.curve
      if members[curve] == nil { order.append(curve) }
      members[curve, default: []].append((place, Point(site, others, series)))
    }
    return order.compactMap { curve in
      let points = (members[curve] ?? []).sorted { $0.place < $1.place }.map(\.point)
      guard runs.pairing == .paired else { return ComparedCurve(points, shared: nil) }
      let sets = points.flatMap { [Set($0.base.documents), Set($0.tuned.documents)] }
      let shared = sets.dropFirst().reduce(sets.first ?? []) { $0.intersection($1) }
      return ComparedCurve(points, shared: shared)
    }
  }
}

extension ComparedCurve.Point {
  init(_ site: PairedRuns.SitePairing, _ seeds: [Series], _ tuned: Series) {
    let shared = seeds.dropFirst().reduce(Set(seeds[0].documents)) {
      $0.intersection($1.documents)
    }
    let common = seeds.count == 1 ? seeds : seeds.map { $0.restricted(to: shared) }
    var mean = common[0]
    for index in mean.values.indices {
      mean.values[index] =
        common.reduce(0) { $0 + $1.values[index] } / Double(common.count)
    }
    self.init(site: site, base: mean, seeds: common, tuned: tuned)
  }
}

extension PairedRuns.SitePairing {
  /// For numbers of the whole pass, such as a loss.
  fileprivate static let whole = PairedRuns.SitePairing(base: "", tuned: "", depth: 1)
}

/// Which of the stored quantities are compared.
struct ComparedQuantity {
  private let preparations: Set<String>
  private let orders: Set<Double>
  private let widthsDiffer: Bool

  init(_ runs: PairedRuns) {
    preparations = Set(runs.preparations)
    orders = Set(runs.orders)
    widthsDiffer = runs.base.manifest.subject.width != runs.tuned.manifest.subject.width
  }

  /// Entropies of every order, the deficit when widths differ, and every measure of states or losses
  /// that is no number of a published code.
  func includes(_ key: SeriesKey) -> Bool {
    guard !key.preparation.isEmpty else {
      return !publishedCodes.contains { key.measure.hasPrefix($0.id + "-") }
    }
    guard preparations.contains(key.preparation) else { return false }
    switch key.measure {
    case "entropy": return true
    case "renyi-entropy": return key.order.map { orders.contains($0) && $0 != 1 } ?? false
    case "deficit": return widthsDiffer
    default: return false
    }
  }

  /// Whether exp of a difference is a ratio of effective ranks.
  static func isEntropy(_ key: SeriesKey) -> Bool {
    ["entropy", "renyi-entropy"].contains(key.measure)
  }
}

extension SeriesKey {
  /// The same quantity of no run and no model in particular.
  var bare: SeriesKey {
    SeriesKey(
      Record(
        site: site, position: position, preparation: preparation, measure: measure, order: order,
        unit: unit))
  }

  /// The same quantity at another site.
  func at(_ site: String) -> SeriesKey {
    var key = self
    key.site = site
    return key
  }
}
