// SPDX-License-Identifier: GPL-3.0-or-later

/// Two one-sided t-tests of a mean paired difference against a margin: whether "no change" is
/// shown, which a p-value above 0.05 of the usual test never shows. Schuirmann, J. Pharmacokinet.
/// Biopharm. 15 (1987).
package struct Equivalence: Sendable, Equatable {
  /// Differences within it count as no change.
  package let margin: ClosedRange<Double>
  /// α of each of the two tests.
  package let alpha: Double
  package let estimate: Double?
  package let standardError: Double?
  /// Units less one.
  package let degrees: Double
  /// P(T ≥ (mean − lower)/se): small when the mean is above the lower end.
  package let lowerP: Double?
  /// P(T ≤ (mean − upper)/se): small when the mean is below the upper end.
  package let upperP: Double?
  /// The interval of level 1 − 2α, which lies within the margin exactly when both tests reject.
  package let low: Double?
  package let high: Double?
  /// Why there is no test.
  package let remark: IntervalRemark?

  /// The larger of the two, the p-value of equivalence.
  package var p: Double? {
    guard let lowerP, let upperP else { return nil }
    return max(lowerP, upperP)
  }

  /// Whether equivalence is shown at α.
  package var isShown: Bool { p.map { $0 <= alpha } ?? false }

  /// - Parameters:
  ///   - differences: one per document.
  ///   - units: documents, or their sources, whose linearised standard error is taken then.
  ///   - margin: what counts as no change; it must not be a single point.
  ///   - alpha: below ½.
  package init(
    _ differences: [Double], units: Units, within margin: ClosedRange<Double>,
    alpha: Double = 0.05
  ) {
    precondition(
      differences.count == units.documents,
      "\(differences.count) differences for \(units.documents) documents")
    precondition(alpha > 0 && alpha < 0.5, "alpha lies between 0 and 1/2, not at \(alpha)")
    precondition(margin.lowerBound < margin.upperBound, "a margin needs room between its ends")
    self.margin = margin
    self.alpha = alpha
    degrees = Double(max(1, units.count) - 1)
    let usable = differences.allSatisfy(\.isFinite) && !differences.isEmpty
    let row = MeanRow(differences, units)
    estimate = usable ? row.mean : nil
    let size = differences.reduce(0) { max($0, abs($1)) }
    let error = units.count > 1 ? row.standardError : 0
    guard usable, error > Distribution.rounding * size else {
      (standardError, lowerP, upperP, low, high) = (nil, nil, nil, nil, nil)
      remark = Self.reason(differences, units)
      return
    }
    standardError = error
    lowerP = GSL.studentProbability((margin.lowerBound - row.mean) / error, degrees: degrees)
    upperP = GSL.studentProbability((row.mean - margin.upperBound) / error, degrees: degrees)
    let reach = error * GSL.studentQuantile(1 - alpha, degrees: degrees)
    (low, high) = (row.mean - reach, row.mean + reach)
    remark = units.count < IntervalRemark.few ? .fewUnits(units.count, units.kind) : nil
  }

  private static func reason(_ differences: [Double], _ units: Units) -> IntervalRemark {
    if differences.isEmpty { return .noValues }
    if let index = differences.firstIndex(where: { !$0.isFinite }) {
      return .notFinite(index: index)
    }
    return units.count == 1 ? .oneUnit(units.kind) : .allEqual(n: differences.count)
  }
}
