// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord
import IsobathStatistics

/// One entropy through the residual stream, from the embedding to the last block's raw output, over
/// the documents that have a value at every depth.
struct DepthCurve: Sendable {
  /// One series for each depth, ascending, all over `documents`.
  let points: [Series]
  /// Indices into the table's documents.
  let documents: [Int]

  /// Which measures make a curve whose lowest point means something.
  static let measures: Set<String> = [
    "entropy", "renyi-entropy", "entropy-per-log-width", "entropy-per-log-tokens",
    "entropy-per-log-rank", "entropy-per-both-logs",
  ]

  /// The values as rows of a table: one row for each depth, one value for each document.
  var rows: [[Double]] { points.map(\.values) }

  private init(_ series: [Series]) {
    let shared = series.dropFirst().reduce(Set(series.first?.documents ?? [])) {
      $0.intersection($1.documents)
    }
    documents = shared.sorted()
    points = series.map { $0.restricted(to: shared) }
  }

  /// All curves of a table, in its order.
  static func all(in table: DocumentTable) -> [DepthCurve] {
    var order: [SeriesKey] = []
    var members: [SeriesKey: [(block: Int, series: Series)]] = [:]
    for series in table.series(withPosition: false)
    where measures.contains(series.key.measure) {
      guard let block = residualDepth(series.key.site) else { continue }
      let curve = series.key.curve
      if members[curve] == nil { order.append(curve) }
      members[curve, default: []].append((block, series))
    }
    return order.map { curve in
      let points = (members[curve] ?? []).sorted { $0.block < $1.block }
      return DepthCurve(points.map(\.series))
    }
  }
}

/// k of `residual.k`; nil for any other site.
package func residualDepth(_ site: String) -> Int? {
  let parts = site.split(separator: ".", omittingEmptySubsequences: false)
  guard parts.count == 2, parts[0] == "residual" else { return nil }
  return Int(parts[1])
}

extension DocumentTable {
  /// The lowest point of each curve, bootstrapped; nil where there are fewer than two depths or
  /// fewer than two units to resample. Curves over the same documents share one pass.
  func lowest(_ curves: [DepthCurve], _ options: AnalysisOptions) -> [Lowest?] {
    var found = [Lowest?](repeating: nil, count: curves.count)
    let usable = curves.indices.filter { curves[$0].points.count > 1 }
    for (documents, members) in Dictionary(grouping: usable, by: { curves[$0].documents }) {
      let lowest = bootstrap(over: documents, options).lowest(members.map { curves[$0].rows })
      for (curve, lowest) in zip(members, lowest) { found[curve] = lowest }
    }
    return found
  }
}

extension Series {
  /// The same quantity over fewer documents; the others count as missing at another depth.
  func restricted(to shared: Set<Int>) -> Series {
    guard shared.count < documents.count else { return self }
    var series = self
    let kept = documents.indices.filter { shared.contains(documents[$0]) }
    series.documents = kept.map { documents[$0] }
    series.values = kept.map { values[$0] }
    series.missing["no value at another depth", default: 0] += documents.count - kept.count
    return series
  }

  /// The same documents, another value of each.
  func mapped(_ function: (Double) -> Double) -> Series {
    var series = self
    series.values = values.map(function)
    return series
  }

  /// This less `other`, document by document; both over the same documents.
  func less(_ other: Series) -> Series {
    precondition(documents == other.documents, "a difference needs the same documents")
    var series = self
    series.values = zip(values, other.values).map { $0 - $1 }
    return series
  }
}
