// SPDX-License-Identifier: GPL-3.0-or-later

/// Every row as a dot beside its name or number, moved sideways just far enough to be seen: a
/// distribution without bins and without chance. Where the slot is full, dots overlap at its edge.
package struct Swarm: Mark {
  private let x: [Value]
  private let y: [Value]
  private let series: SeriesChannel

  /// - Parameter style: `width` is the diameter in px; by default it shrinks as rows grow many.
  package init<Rows: Sequence>(
    _ rows: Rows, x: Channel<Rows.Element>, y: Channel<Rows.Element>,
    series: Channel<Rows.Element>? = nil, name: String = "", style: Style = .standard
  ) {
    let rows = Array(rows)
    self.x = rows.map { x($0).channelValue }
    self.y = rows.map { y($0).channelValue }
    self.series = SeriesChannel(rows, channel: series, name: name, style: style)
  }

  package func train(_ training: inout Training) {
    training.x.add(x)
    training.y.add(y)
    series.train(&training)
    if liesFlat(x, y) { training.y.holdsSlots = true } else { training.x.holdsSlots = true }
  }

  package func draw(in frame: Frame, into svg: inout SVG) {
    let places = Places(x: x, y: y, series: series.groups, in: frame, dividesGaps: true)
    for group in series.groups {
      let look = frame.series.look(group.key, series.style)
      var points: [Point] = []
      for slot in groups(by: group.rows.map { places.isFlat ? y[$0] : x[$0] }) {
        let rows = slot.rows.map { group.rows[$0] }
        points += packed(rows, places, group.key, in: frame).map(\.point)
      }
      look.marker.draw(
        at: points.filter(frame.holds), radius: diameter / 2, color: look.color, into: &svg)
    }
  }

  package func data(in frame: Frame) -> [Datum] {
    let places = Places(x: x, y: y, series: series.groups, in: frame, dividesGaps: true)
    return series.groups.flatMap { group in
      groups(by: group.rows.map { places.isFlat ? y[$0] : x[$0] }).flatMap { slot in
        packed(slot.rows.map { group.rows[$0] }, places, group.key, in: frame).compactMap {
          Datum($0.point, x[$0.row], y[$0.row], group.key, places.isFlat)
        }
      }
    }
  }

  package func keys(_ series: SeriesScale) -> [LegendKey] {
    self.series.keys(series) { .marker($0) }
  }

  private var diameter: Double {
    series.style.width ?? (x.count > 2000 ? 2 : x.count > 400 ? 2.8 : 4)
  }

  /// Along the measured axis in order; each dot takes the free place nearest to the centre.
  private func packed(
    _ rows: [Int], _ places: Places, _ key: Value, in frame: Frame
  ) -> [(row: Int, point: Point)] {
    guard let first = rows.first, let slot = places.slot(x[first], y[first], series: key)
    else { return [] }
    let reach = max(0, slot.width / 2 - diameter / 2)
    let heights = rows.compactMap { row in
      (places.isFlat ? frame.x(x[row]) : frame.y(y[row])).map { (along: $0, row: row) }
    }.sorted { ($0.along, $0.row) < ($1.along, $1.row) }
    var packed: [(along: Double, across: Double)] = []
    for along in heights.map(\.along) {
      let near = packed.suffix(64).filter { along - $0.along < diameter }
      packed.append((along, offset(along, near, reach: reach)))
    }
    return zip(heights, packed).map { height, dot in
      (height.row, places.turned(along: dot.along, across: slot.centre + dot.across))
    }
  }

  /// Candidates touch a neighbour on one side; the nearest that touches nothing else wins.
  private func offset(
    _ along: Double, _ near: [(along: Double, across: Double)], reach: Double
  ) -> Double {
    let candidates =
      [0]
      + near.flatMap { dot -> [Double] in
        let rise = along - dot.along
        let side = (diameter * diameter - rise * rise).squareRoot()
        return [dot.across + side, dot.across - side]
      }
    let free = candidates.filter { candidate in
      abs(candidate) <= reach
        && near.allSatisfy { dot in
          let (rise, side) = (along - dot.along, candidate - dot.across)
          return rise * rise + side * side >= diameter * diameter * 0.999
        }
    }
    let fallback = near.last.map { $0.across > 0 ? -reach : reach } ?? 0
    return free.min { (abs($0), $0) < (abs($1), $1) } ?? fallback
  }
}
