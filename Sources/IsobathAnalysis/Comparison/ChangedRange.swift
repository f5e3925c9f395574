// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord
import IsobathStatistics

/// Neighbouring sites at which two models differ in one direction.
package struct ChangedRange: Sendable, Equatable {
  package let preparation: String
  package let measure: String
  package let order: Double?
  /// Names of the tuned model's sites, in forward order.
  package let sites: [String]
  /// The mean of the sites' mean differences.
  package let estimate: Double
  /// The mean of the simultaneous band's ends there; nil when the band has none.
  package let low: Double?
  package let high: Double?
  /// Where the difference is largest, and how large.
  package let peak: String
  package let peakEstimate: Double
  /// The largest adjusted p in the range.
  package let p: Double
}

extension CurveTests {
  /// The ranges of this curve, in forward order, kind of site by kind.
  var ranges: [ChangedRange] {
    var ranges: [ChangedRange] = []
    var open: [Int] = []
    var (kind, sign) = ("", 0.0)
    for index in curve.points.indices {
      let here = String(curve.points[index].site.tuned.prefix { $0 != "." })
      let way = direction(index)
      if !open.isEmpty, here == kind, way == sign {
        open.append(index)
      } else {
        if !open.isEmpty { ranges.append(range(open)) }
        open = way == 0 ? [] : [index]
      }
      (kind, sign) = (here, way)
    }
    return open.isEmpty ? ranges : ranges + [range(open)]
  }

  /// The sign of a change that is found, else 0.
  private func direction(_ index: Int) -> Double {
    guard let p = tests[index]?.stepDown, p < ComparisonOptions.alpha,
      let estimate = differences[index].estimate
    else { return 0 }
    return estimate > 0 ? 1 : estimate < 0 ? -1 : 0
  }

  private func range(_ indices: [Int]) -> ChangedRange {
    let estimates = indices.map { differences[$0].estimate ?? 0 }
    let peak = indices.indices.max { abs(estimates[$0]) < abs(estimates[$1]) } ?? 0
    let ends = indices.compactMap { index -> (Double, Double)? in
      guard let low = band.sites[index].low, let high = band.sites[index].high else { return nil }
      return (low, high)
    }
    let mean = { (values: [Double]) in values.reduce(0, +) / Double(values.count) }
    let hasBand = ends.count == indices.count
    return ChangedRange(
      preparation: curve.key.preparation, measure: curve.key.measure, order: curve.key.order,
      sites: indices.map { curve.points[$0].site.tuned }, estimate: mean(estimates),
      low: hasBand ? mean(ends.map(\.0)) : nil, high: hasBand ? mean(ends.map(\.1)) : nil,
      peak: curve.points[indices[peak]].site.tuned, peakEstimate: estimates[peak],
      p: indices.compactMap { tests[$0]?.stepDown }.max() ?? 1)
  }
}

extension ChangedRange {
  /// The range as a row, which stands at its peak.
  func row(_ curve: ComparedCurve, level: Double?) -> Record {
    let point = curve.points.first { $0.site.tuned == peak } ?? curve.points[0]
    var row = point.row(.range, n: curve.documents.count)
    row.estimate = estimate
    (row.low, row.high) = (low, high)
    row.level = low == nil ? nil : level
    let ends = sites.count == 1 ? peak : "\(sites[0]) to \(sites[sites.count - 1])"
    row.add(note: "\(ends) (\(sites.count) site\(sites.count == 1 ? "" : "s")), largest here")
    return row
  }
}
