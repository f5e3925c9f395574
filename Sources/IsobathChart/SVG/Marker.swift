// SPDX-License-Identifier: GPL-3.0-or-later

/// The shape of a dot: the cue beside its colour.
package enum Marker: Sendable, CaseIterable {
  case circle
  case square
  case triangle
  case diamond
  case wedge
  case cross
  case plus

  /// Corners around the centre for a dot of radius 1, with areas that look alike.
  private var corners: [Point] {
    switch self {
    case .circle, .cross, .plus: []
    case .square: [p(-0.88, -0.88), p(0.88, -0.88), p(0.88, 0.88), p(-0.88, 0.88)]
    case .triangle: [p(0, -1.25), p(1.15, 0.85), p(-1.15, 0.85)]
    case .diamond: [p(0, -1.3), p(1.3, 0), p(0, 1.3), p(-1.3, 0)]
    case .wedge: [p(0, 1.25), p(-1.15, -0.85), p(1.15, -0.85)]
    }
  }

  private func p(_ x: Double, _ y: Double) -> Point { Point(x: x, y: y) }

  /// Draws the same marker at many points in one element.
  func draw(at points: [Point], radius: Double, color: Color, into svg: inout SVG) {
    guard !points.isEmpty else { return }
    var path = Path()
    for point in points { add(to: &path, at: point, radius: radius) }
    switch self {
    case .circle:
      svg.element(
        "path",
        [
          "d": path.data, "stroke": color, "stroke-width": radius * 2, "stroke-linecap": "round",
          "fill": "none",
        ])
    case .cross, .plus:
      svg.element(
        "path", ["d": path.data, "stroke": color, "stroke-width": radius * 0.6, "fill": "none"])
    case .square, .triangle, .diamond, .wedge:
      svg.element("path", ["d": path.data, "fill": color])
    }
  }

  private func add(to path: inout Path, at centre: Point, radius: Double) {
    func offset(_ dx: Double, _ dy: Double) -> Point {
      Point(x: centre.x + dx * radius, y: centre.y + dy * radius)
    }
    switch self {
    case .circle: path.dot(centre)
    case .cross:
      path.segment(offset(-0.95, -0.95), offset(0.95, 0.95))
      path.segment(offset(-0.95, 0.95), offset(0.95, -0.95))
    case .plus:
      path.segment(offset(-1.2, 0), offset(1.2, 0))
      path.segment(offset(0, -1.2), offset(0, 1.2))
    case .square, .triangle, .diamond, .wedge:
      path.polyline(corners.map { offset($0.x, $0.y) })
      path.close()
    }
  }
}
