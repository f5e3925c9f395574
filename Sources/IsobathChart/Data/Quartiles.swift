// SPDX-License-Identifier: GPL-3.0-or-later

/// The five numbers of a box, for one key: a transform from rows to rows.
package struct Quartiles: Sendable, Equatable {
  package let key: Value
  package let low: Double
  package let lower: Double
  package let median: Double
  package let upper: Double
  package let high: Double
  package let count: Int

  /// Quantiles at `tail`, ¼, ½, ¾ and 1 − `tail` by linear interpolation of order statistics
  /// (Hyndman and Fan's type 7); missing values take no part and a key without values gives no row.
  ///
  /// - Parameters:
  ///   - key: what the rows are grouped by, in order of first appearance.
  ///   - tail: 0 for whiskers at the extremes, 0.05 for the central 90 %.
  package static func of<Rows: Sequence>(
    _ rows: Rows, by key: Channel<Rows.Element>, value: Channel<Rows.Element>, tail: Double = 0
  ) -> [Quartiles] {
    precondition((0..<0.25).contains(tail), "a whisker's tail is \(tail), not in [0, 0.25)")
    let rows = Array(rows)
    let values = rows.map { value($0).channelValue.number }
    return groups(by: rows.map { key($0).channelValue }).compactMap { group in
      let sorted = group.rows.compactMap { values[$0] }.sorted()
      guard !sorted.isEmpty else { return nil }
      return Quartiles(
        key: group.key, low: quantile(sorted, tail), lower: quantile(sorted, 0.25),
        median: quantile(sorted, 0.5), upper: quantile(sorted, 0.75),
        high: quantile(sorted, 1 - tail), count: sorted.count)
    }
  }

  private static func quantile(_ sorted: [Double], _ level: Double) -> Double {
    let place = level * Double(sorted.count - 1)
    let below = Int(place)
    let above = min(below + 1, sorted.count - 1)
    let share = place - Double(below)
    return sorted[below] * (1 - share) + sorted[above] * share
  }
}
