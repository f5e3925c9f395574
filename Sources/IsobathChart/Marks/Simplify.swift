// SPDX-License-Identifier: GPL-3.0-or-later

/// The points of a line without those that it passes anyway: what is left runs within √2 times the
/// tolerance (px) of each point left out.
///
/// From the last point kept, each next point allows a cone of directions; a point is kept when the
/// one after it leaves the cone that all the points since have in common.
func simplified(_ points: [Point], tolerance: Double = 0.1) -> [Point] {
  guard points.count > 2 else { return points }
  var kept = [points[0]]
  var cone: Cone?
  var last = points[0]
  for point in points.dropFirst() {
    let anchor = kept[kept.count - 1]
    if let narrowed = Cone.from(anchor, to: point, within: cone, tolerance: tolerance) {
      cone = narrowed
    } else {
      kept.append(last)
      cone = Cone.from(last, to: point, within: nil, tolerance: tolerance)
    }
    last = point
  }
  return kept + [last]
}

/// Directions between two vectors, clockwise from one to the other, less than half a turn.
private struct Cone {
  let first: Point
  let second: Point
  /// How far its last point lies from the apex.
  let reach: Double

  /// The directions from `apex` that pass `point` within a tolerance and lie within another cone;
  /// `nil` when none are left, or when the line turns back.
  static func from(
    _ apex: Point, to point: Point, within cone: Cone?, tolerance: Double
  ) -> Cone? {
    let (x, y) = (point.x - apex.x, point.y - apex.y)
    let length = (x * x + y * y).squareRoot()
    guard length > tolerance else { return cone ?? everything(length) }
    if let cone, length < cone.reach - tolerance { return nil }
    let share = tolerance / length
    var first = Point(x: x + y * share, y: y - x * share)
    var second = Point(x: x - y * share, y: y + x * share)
    guard let cone, cone.reach > tolerance else {
      return Cone(first: first, second: second, reach: length)
    }
    let direction = Point(x: x, y: y)
    guard cross(cone.first, direction) >= 0, cross(direction, cone.second) >= 0 else { return nil }
    if cross(cone.first, first) < 0 { first = cone.first }
    if cross(second, cone.second) < 0 { second = cone.second }
    return Cone(first: first, second: second, reach: max(length, cone.reach))
  }

  /// A point on top of the apex allows any direction.
  private static func everything(_ length: Double) -> Cone {
    Cone(first: Point(x: 0, y: 0), second: Point(x: 0, y: 0), reach: length)
  }

  private static func cross(_ a: Point, _ b: Point) -> Double { a.x * b.y - a.y * b.x }
}
