// SPDX-License-Identifier: GPL-3.0-or-later

/// What a mark draws in: scaled places from the panel's top left corner, and nothing else.
package struct Frame: Sendable {
  let width: Double
  let height: Double
  let x: any PositionScale
  let y: any PositionScale
  let series: SeriesScale
  let color: ColorScale
  /// Whether lines are named beside the panel, so that they need not name themselves within.
  let namesEnds: Bool

  func point(_ x: Value, _ y: Value) -> Point? {
    guard let x = self.x(x), let y = self.y(y) else { return nil }
    return Point(x: x, y: y)
  }

  /// Within the panel, give or take what rounding may do.
  func holds(_ point: Point) -> Bool {
    (-0.5...(width + 0.5)).contains(point.x) && (-0.5...(height + 0.5)).contains(point.y)
  }
}

/// Whether names lie along the vertical side only, so that bars and boxes lie flat.
func liesFlat(_ x: [Value], _ y: [Value]) -> Bool {
  func hasName(_ values: [Value]) -> Bool {
    values.contains { if case .name = $0 { true } else { false } }
  }
  return !hasName(x) && hasName(y)
}
