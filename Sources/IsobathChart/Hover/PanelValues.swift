// SPDX-License-Identifier: GPL-3.0-or-later

/// The values of one panel, each once: a line and its dots tell the same, and a band tells the
/// interval of its line.
struct PanelValues: Sendable {
  /// The values of one series, in order along its axis.
  struct Series: Sendable {
    let key: Value
    var data: [Datum]

    var isFlat: Bool { data.first?.isFlat ?? false }
  }

  private(set) var series: [Series] = []
  let cells: CellData?

  init(_ panel: Panel, in frame: Frame) {
    cells = panel.marks.compactMap { $0.cells(in: frame) }.first
    let data = panel.marks.flatMap { $0.data(in: frame) }
    var places: [Value: Int] = [:]
    var known = Set<[Value]>()
    for datum in data where datum.measured != .missing && frame.holds(datum.point) {
      guard known.insert([datum.series, datum.at, datum.measured]).inserted else { continue }
      add(datum, &places)
    }
    let index = indexed()
    for datum in data where datum.measured == .missing { attach(datum, index, in: frame, &places) }
    for place in series.indices {
      series[place].data = PanelValues.thinned(
        series[place].data.enumerated().sorted { a, b in
          let (one, other) = (along(a.element), along(b.element))
          return (one, a.offset) < (other, b.offset)
        }.map(\.element))
    }
  }

  /// A row as an interval looks for it.
  private struct Row: Hashable {
    let at: Value
    let isFlat: Bool
  }

  private func along(_ datum: Datum) -> Double { datum.isFlat ? datum.point.y : datum.point.x }

  private mutating func add(_ datum: Datum, _ places: inout [Value: Int]) {
    if let place = places[datum.series] {
      series[place].data.append(datum)
    } else {
      places[datum.series] = series.count
      series.append(Series(key: datum.series, data: [datum]))
    }
  }

  private func indexed() -> [Row: [(series: Int, place: Int)]] {
    var index: [Row: [(series: Int, place: Int)]] = [:]
    for (number, series) in series.enumerated() {
      for (place, datum) in series.data.enumerated() {
        index[Row(at: datum.at, isFlat: datum.isFlat), default: []].append((number, place))
      }
    }
    return index
  }

  /// An interval belongs to the value of its series at its place; one without a series to the only
  /// value there that lies within; else it is a value of its own.
  private mutating func attach(
    _ datum: Datum, _ index: [Row: [(series: Int, place: Int)]], in frame: Frame,
    _ places: inout [Value: Int]
  ) {
    let here = (index[Row(at: datum.at, isFlat: datum.isFlat)] ?? []).filter { found in
      let number = series[found.series].data[found.place].measured.number
      return datum.intervals.contains { interval in
        number.map { ($0 >= interval.low && $0 <= interval.high) } ?? false
      }
    }
    let own = here.filter { series[$0.series].key == datum.series }
    let fitting = own.isEmpty && datum.series == .missing ? here : own
    if fitting.count == 1, let found = fitting.first {
      let known = series[found.series].data[found.place].intervals
      series[found.series].data[found.place].intervals += datum.intervals.filter {
        !known.contains($0)
      }
    } else if frame.holds(datum.point) {
      add(datum, &places)
    }
  }

  /// A value for each pixel and a half at most: nobody could point at more.
  private static func thinned(_ data: [Datum]) -> [Datum] {
    guard data.count > 300 else { return data }
    var kept: [Datum] = []
    for datum in data {
      if let last = kept.last {
        let (dx, dy) = (datum.point.x - last.point.x, datum.point.y - last.point.y)
        if dx * dx + dy * dy < 2.25 { continue }
      }
      kept.append(datum)
    }
    return kept
  }
}
