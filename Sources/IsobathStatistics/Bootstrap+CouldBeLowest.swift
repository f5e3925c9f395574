// SPDX-License-Identifier: GPL-3.0-or-later

extension Bootstrap {
  /// The rows of a curve that could be its lowest: a set that holds the truly lowest row in at
  /// least `level` of the cases, however flat the valley.
  ///
  /// Row s stays when no other row is significantly below it: max_j (mean_s − mean_j)/se_sj is at
  /// most the quantile at `level` of its resampled, studentised deviates. Where s truly is lowest
  /// every mean difference is at most 0, so that this one test is all its coverage needs. The
  /// shares of `lowest(_:)` tell how often resamples agree; in a flat valley they agree too well.
  /// Inverting max-t tests for an arg min: Hansen, Lunde & Nason, Econometrica 79 (2011); Mogstad,
  /// Romano, Shaikh & Wilhelm, Rev. Econ. Stud. 91 (2024).
  ///
  /// - Parameter curve: the rows, each one finite value per document.
  /// - Returns: ascending; nil when there is no row, fewer than two units, or a value is not finite.
  ///   A row whose test has no finite quantile stays.
  package func couldBeLowest(_ curve: [[Double]]) -> [Int]? {
    guard units.count > 1, !curve.isEmpty, curve.allSatisfy({ $0.allSatisfy(\.isFinite) }) else {
      return nil
    }
    return curve.indices.filter { row in
      let others = curve.indices.filter { $0 != row }.map { other in
        MeanRow(zip(curve[row], curve[other]).map { $0 - $1 }, units)
      }
      // Rows that differ by a constant are compared without a test.
      let varying = others.filter { $0.standardError > Distribution.rounding * abs($0.mean) }
      let fixed = others.filter { $0.standardError <= Distribution.rounding * abs($0.mean) }
      guard !fixed.contains(where: { $0.mean > 0 }) else { return false }
      guard let largest = varying.map({ $0.mean / $0.standardError }).max() else { return true }
      return !(largest > largestDeviate(varying, { $0 }))
    }
  }
}
