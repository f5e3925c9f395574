// SPDX-License-Identifier: GPL-3.0-or-later

/// What a mark shows of one row, for a reader who points at it.
package struct Datum: Sendable {
  /// Two values around another, such as the ends of a band.
  struct Interval: Sendable, Equatable {
    let low: Double
    let high: Double
    /// What it means; empty where nothing says so.
    let name: String
  }

  /// In px from the panel's top left corner.
  let point: Point
  /// The value along the axis on which rows are told apart: x, or y when the mark lies flat.
  let at: Value
  /// The value along the other axis; missing where only an interval is shown.
  let measured: Value
  var intervals: [Interval] = []
  let series: Value
  let isFlat: Bool

  /// A value at a point; nil without a point.
  init?(_ point: Point?, _ x: Value, _ y: Value, _ series: Value, _ isFlat: Bool) {
    guard let point else { return nil }
    self.point = point
    at = isFlat ? y : x
    measured = isFlat ? x : y
    self.series = series
    self.isFlat = isFlat
  }

  /// An interval between two points; nil unless both are there.
  init?(
    _ from: Point?, _ to: Point?, at: Value, low: Value, high: Value, name: String, series: Value,
    isFlat: Bool
  ) {
    guard let from, let to, let low = low.number, let high = high.number else { return nil }
    point = Point(x: (from.x + to.x) / 2, y: (from.y + to.y) / 2)
    self.at = at
    measured = .missing
    intervals = [Interval(low: low, high: high, name: name)]
    self.series = series
    self.isFlat = isFlat
  }
}

/// What a heat map shows.
package struct CellData: Sendable {
  let columns: [CellTable.Side]
  let rows: [CellTable.Side]
  /// By place; a place without a value is not there.
  let values: [CellTable.Place: Double]
}
