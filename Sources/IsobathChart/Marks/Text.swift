// SPDX-License-Identifier: GPL-3.0-or-later

/// A short text beside each row's point, on whichever side it covers least of the other texts, of
/// the points and of the panel's edge.
package struct Text: Mark {
  private let x: [Value]
  private let y: [Value]
  private let texts: [String]
  private let style: Style

  package init<Rows: Sequence>(
    _ rows: Rows, x: Channel<Rows.Element>, y: Channel<Rows.Element>,
    text: (Rows.Element) -> String, style: Style = .standard
  ) {
    let rows = Array(rows)
    self.x = rows.map { x($0).channelValue }
    self.y = rows.map { y($0).channelValue }
    texts = rows.map(text)
    self.style = style
  }

  package var isClipped: Bool { false }

  package func train(_ training: inout Training) {
    training.x.add(x)
    training.y.add(y)
  }

  package func draw(in frame: Frame, into svg: inout SVG) {
    let font = Font(size: 11, color: style.color ?? .ink)
    let points = texts.indices.map { frame.point(x[$0], y[$0]) }
    let shown = points.map { $0.flatMap { frame.holds($0) ? $0 : nil } }
    // What must stay visible: the points first, then each text as it is placed.
    var taken = shown.compactMap { $0 }.map { Area(around: $0, reach: 3) }
    for (index, point) in shown.enumerated() {
      guard let point, !texts[index].isEmpty else { continue }
      let text = font.fitted(printable(texts[index]), to: frame.width)
      let area = Text.best(
        around: point, width: font.width(text), height: 13, taken: taken, in: frame)
      taken.append(area)
      svg.haloed(text, x: area.left, y: area.top + 10.5, font: font)
    }
  }

  /// The side with the least overlap; of equals, the first: right, left, above, below, corners.
  private static func best(
    around point: Point, width: Double, height: Double, taken: [Area], in frame: Frame
  ) -> Area {
    let (right, left) = (point.x + 7, point.x - 7 - width)
    let (middle, above, below) = (point.y - height / 2, point.y - 6 - height, point.y + 6)
    let centre = point.x - width / 2
    let corners = [
      (right, middle), (left, middle), (centre, above), (centre, below), (right, above),
      (right, below), (left, above), (left, below),
    ]
    let areas = corners.map { left, top in
      Area(left: left, top: top, right: left + width, bottom: top + height)
        .pushed(into: Area(left: 0, top: 0, right: frame.width, bottom: frame.height))
    }
    var best = areas[0]
    var least = Double.infinity
    for area in areas {
      let cost = taken.reduce(0) { $0 + area.overlap(with: $1) }
      if cost < least { (best, least) = (area, cost) }
    }
    return best
  }
}

/// A rectangle in px.
struct Area: Sendable {
  var left: Double
  var top: Double
  var right: Double
  var bottom: Double

  init(left: Double, top: Double, right: Double, bottom: Double) {
    self.left = left
    self.top = top
    self.right = right
    self.bottom = bottom
  }

  init(around point: Point, reach: Double) {
    self.init(
      left: point.x - reach, top: point.y - reach, right: point.x + reach,
      bottom: point.y + reach)
  }

  var width: Double { right - left }
  var height: Double { bottom - top }

  /// In px².
  func overlap(with other: Area) -> Double {
    let width = min(right, other.right) - max(left, other.left)
    let height = min(bottom, other.bottom) - max(top, other.top)
    return max(0, width) * max(0, height)
  }

  /// Moved, not shrunk, until it lies within another, as far as it fits.
  func pushed(into other: Area) -> Area {
    let dx = max(other.left - left, 0) + min(other.right - right, 0)
    let dy = max(other.top - top, 0) + min(other.bottom - bottom, 0)
    return Area(left: left + dx, top: top + dy, right: right + dx, bottom: bottom + dy)
  }
}
