// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord
import IsobathStatistics

/// Two models on documents that do not belong together: means, their difference, and no test.
struct UnpairedMeans {
  let curve: ComparedCurve
  let bases: DocumentTable
  let tuned: DocumentTable
  let options: AnalysisOptions

  /// The difference of means as rows, site by site.
  var rows: [Record] {
    let first = bases.means(curve.points.map(\.base), options)
    let second = tuned.means(curve.points.map(\.tuned), options)
    return curve.points.indices.map { index in
      let point = curve.points[index]
      var row = point.row(
        .unpaired, n: point.tuned.documents.count,
        note: "\(point.base.documents.count) documents of the base run")
      guard let a = second[index].estimate, let b = first[index].estimate else { return row }
      row.estimate = a - b
      if let ends = UnpairedMeans.ends(second[index], first[index]) {
        (row.low, row.high) = ends
        row.level = options.level
      } else {
        row.add(note: second[index].note)
        row.add(note: first[index].note)
      }
      return row
    }
  }

  /// The interval of a − b from those of a and b: Zou & Donner, Stat. Med. 27 (2008), equation 3.
  static func ends(_ a: Interval, _ b: Interval) -> (low: Double, high: Double)? {
    guard let x = a.estimate, let y = b.estimate, let low = a.low, let high = a.high,
      let least = b.low, let most = b.high
    else { return nil }
    let length = { (u: Double, v: Double) in (u * u + v * v).squareRoot() }
    let difference = x - y
    return (
      difference - length(x - low, most - y), difference + length(high - x, y - least)
    )
  }
}
