// SPDX-License-Identifier: GPL-3.0-or-later

/// Where the mean curve is lowest, and how sure that is: a share for each row, an interval of
/// rows, and a set of them.
package struct Lowest: Sendable, Equatable {
  /// The row where the mean over all documents is lowest; the first of equals.
  package let row: Int
  /// For each row the share of resamples whose mean curve is lowest there; they add up to 1.
  package let shares: [Double]
  /// The rows between which the lowest one lies in at least `level` of the resamples: the
  /// quantiles of the shares at (1 ∓ level)/2, which are rows themselves, not in between.
  package let interval: ClosedRange<Int>
  /// The fewest rows that between them are lowest in at least `level` of the resamples, ascending.
  /// Unlike the interval it leaves out what lies between two candidates and is never lowest itself,
  /// but it is no confidence set: at a level of 0.95 it held the truth in 92 to 99 % of simulated
  /// steep valleys and in 60 to 80 % of flat ones (`Reports/coverage`); `couldBeLowest(_:)` is one.
  package let likely: [Int]
}

extension Bootstrap {
  /// The row with the lowest mean, bootstrapped: the arg min of every resample's mean curve.
  ///
  /// - Parameter curves: of each, the rows in the order in which an interval of rows makes sense,
  ///   such as depth; each row one finite value per document.
  /// - Returns: for each curve, nil when it has no row, fewer than two units, or a value that is
  ///   not finite.
  package func lowest(_ curves: [[[Double]]]) -> [Lowest?] {
    var found = [Lowest?](repeating: nil, count: curves.count)
    guard units.count > 1 else { return found }
    let usable = curves.indices.filter { curve in
      !curves[curve].isEmpty && curves[curve].allSatisfy { $0.allSatisfy(\.isFinite) }
    }
    var next = usable[...]
    while let first = next.first {
      var rows = curves[first].count
      let members = next.prefix { curve in
        if curve != first { rows += curves[curve].count }
        return curve == first || rows <= batch
      }
      next = next.dropFirst(members.count)
      for (curve, lowest) in zip(members, lowest(inPass: members.map { curves[$0] })) {
        found[curve] = lowest
      }
    }
    return found
  }

  /// The curves of one pass over the resamples.
  private func lowest(inPass curves: [[[Double]]]) -> [Lowest] {
    let table = MeanTable(curves.flatMap { $0 }, units: units)
    let distributions = MeanDistributions(table, resamples: resamples, threads: threads)
    var start = 0
    return curves.map { curve in
      let range = start..<start + curve.count
      start = range.upperBound
      let means = table.rows[range].map(\.mean)
      return lowest(means: means, distributions: range.map { distributions[$0] })
    }
  }

  private func lowest(
    means: [Double], distributions: [UnsafeMutableBufferPointer<Double>]
  ) -> Lowest {
    var wins = [Int](repeating: 0, count: means.count)
    for resample in 0..<resamples.count {
      wins[Self.lowest(of: means.count) { distributions[$0][resample] }] += 1
    }
    let tail = (1 - level) / 2
    let low = Self.row(at: tail, wins: wins)
    return Lowest(
      row: Self.lowest(of: means.count) { means[$0] },
      shares: wins.map { Double($0) / Double(resamples.count) },
      interval: low...Self.row(at: 1 - tail, wins: wins), likely: likely(wins: wins))
  }

  /// The fewest rows whose wins reach the level; of rows with equal wins the first.
  private func likely(wins: [Int]) -> [Int] {
    let needed = level * Double(resamples.count)
    var soFar = 0
    var rows: [Int] = []
    for row in wins.indices.sorted(by: { (wins[$1], $0) < (wins[$0], $1) }) {
      guard Double(soFar) < needed else { break }
      soFar += wins[row]
      rows.append(row)
    }
    return rows.sorted()
  }

  /// The row of the lowest value, the first of equals.
  private static func lowest(of rows: Int, _ value: (Int) -> Double) -> Int {
    var best = 0
    for row in 1..<max(1, rows) where value(row) < value(best) { best = row }
    return best
  }

  /// The first row at which the share so far reaches p.
  private static func row(at p: Double, wins: [Int]) -> Int {
    let total = Double(wins.reduce(0, +))
    var soFar = 0
    for (row, count) in wins.enumerated() {
      soFar += count
      if Double(soFar) >= p * total { return row }
    }
    return wins.count - 1
  }
}
