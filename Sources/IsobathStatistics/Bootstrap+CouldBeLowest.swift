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
    var contest = Contest(rows: curve.count, resamples: resamples.count)
    let pairs = curve.indices.flatMap { first in
      (first + 1..<curve.count).map { (first: first, second: $0) }
    }
    for start in stride(from: 0, to: pairs.count, by: batch) {
      let members = pairs[start..<min(pairs.count, start + batch)].map { pair in
        (pair, MeanRow(zip(curve[pair.first], curve[pair.second]).map { $0 - $1 }, units))
      }
      // Rows that differ by a constant are compared without a test.
      let varying = members.filter { contest.isOpen($0.1, of: $0.0) }
      let deviates = StudentisedMeans(varying.map(\.1), resamples: resamples, threads: threads)
      for (index, member) in varying.enumerated() { contest.add(deviates[index], of: member.0) }
    }
    return curve.indices.filter { contest.couldBeLowest($0, level: level) }
  }
}

/// What the pairs of rows say of each: its largest t against another row, and over resamples the
/// largest deviates that it is to be compared with.
private struct Contest {
  private var observed: [Double]
  private var largest: [[Double]]

  init(rows: Int, resamples: Int) {
    observed = [Double](repeating: -.infinity, count: rows)
    largest = [[Double]](
      repeating: [Double](repeating: -.infinity, count: resamples), count: rows)
  }

  /// Enters the pair's t; false when it has no spread, and the lower row beats the other at once.
  mutating func isOpen(_ difference: MeanRow, of pair: (first: Int, second: Int)) -> Bool {
    let (mean, error) = (difference.mean, difference.standardError)
    let open = error > Distribution.rounding * abs(mean)
    let t = open ? mean / error : mean == 0 ? 0 : mean * .infinity
    observed[pair.first] = max(observed[pair.first], t)
    observed[pair.second] = max(observed[pair.second], -t)
    return open
  }

  mutating func add(
    _ deviates: UnsafeMutableBufferPointer<Double>, of pair: (first: Int, second: Int)
  ) {
    for (resample, deviate) in deviates.enumerated() {
      largest[pair.first][resample] = max(largest[pair.first][resample], deviate)
      largest[pair.second][resample] = max(largest[pair.second][resample], -deviate)
    }
  }

  func couldBeLowest(_ row: Int, level: Double) -> Bool {
    if observed[row] <= 0 { return true }
    if observed[row] == .infinity { return false }
    var deviates = largest[row]
    return deviates.withUnsafeMutableBufferPointer {
      !(observed[row] > Distribution($0).quantile(level))
    }
  }
}
