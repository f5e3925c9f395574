// SPDX-License-Identifier: GPL-3.0-or-later

/// The sides of a heat map's cells, and how they become few short paths.
struct CellTable: Sendable {
  struct Place: Hashable, Sendable {
    let x: Value
    let y: Value
  }

  /// One column or row.
  struct Side: Sendable {
    let value: Value
    let low: Double
    let high: Double
  }

  let columns: [Side]
  let rows: [Side]
  /// The ramp's level at each place that has a value.
  let values: [Place: Int]

  /// In order of place; a name has its room, a number reaches half way to its neighbours. Sides are
  /// rounded to tenths of a pixel, so that neighbours meet.
  static func sides(_ values: [Value], _ scale: any PositionScale) -> [Side] {
    // In order of appearance first: two numbers may share a place to the last bit.
    let placed = groups(by: values).enumerated().compactMap { index, group in
      scale(group.key).map {
        (value: group.key, place: $0, room: scale.room(group.key), index: index)
      }
    }.sorted { ($0.place, $0.index) < ($1.place, $1.index) }
    let free = placed.filter { $0.room == 0 }.map(\.place)
    let gaps = zip(free.dropFirst(), free).map { $0 - $1 }
    var next = 0
    return placed.map { value, place, room, _ in
      var (low, high) = (room / 2, room / 2)
      if room == 0 {
        let before = next > 0 ? gaps[next - 1] : nil
        let after = next < gaps.count ? gaps[next] : nil
        low = (before ?? after ?? 24) / 2
        high = (after ?? before ?? 24) / 2
        next += 1
      }
      return Side(value: value, low: tenth(place - low), high: tenth(place + high))
    }
  }

  /// One path for each level; neighbours of a row with the same level are one rectangle.
  var paths: [Path] {
    var paths = [Path](repeating: Path(), count: ColorScale.levels)
    for row in rows {
      var run: (level: Int, low: Double, high: Double)?
      func finish() {
        guard let run else { return }
        paths[run.level].rectangle(left: run.low, top: row.low, right: run.high, bottom: row.high)
      }
      for column in columns {
        let level = values[Place(x: column.value, y: row.value)]
        if let open = run, open.level == level, open.high == column.low {
          run = (open.level, open.low, column.high)
        } else {
          finish()
          run = level.map { ($0, column.low, column.high) }
        }
      }
      finish()
    }
    return paths
  }

  func drawMissing(into svg: inout SVG) {
    var (ground, hatch) = (Path(), Path())
    for row in rows {
      for column in columns where values[Place(x: column.value, y: row.value)] == nil {
        ground.rectangle(left: column.low, top: row.low, right: column.high, bottom: row.high)
        hatch.segment(Point(x: column.low, y: row.high), Point(x: column.high, y: row.low))
      }
    }
    guard !ground.data.isEmpty else { return }
    svg.element("path", ["d": ground.data, "fill": Color.absent])
    svg.element(
      "path", ["d": hatch.data, "stroke": Color.axis, "stroke-width": 0.7, "fill": "none"])
  }

  private static func tenth(_ x: Double) -> Double { (x * 10).rounded() / 10 }
}
