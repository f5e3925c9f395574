// SPDX-License-Identifier: GPL-3.0-or-later

/// The legend above the panels: glyphs and names in as many rows as they need.
struct LegendRows: Sendable {
  private struct Item: Sendable {
    let key: LegendKey
    let text: String
    let x: Double
    let row: Int
  }

  private static let font = Font(size: 12)
  private static let glyph = 24.0
  private static let rowHeight = 19.0
  private let heading: String
  private let items: [Item]

  /// - Parameter heading: what numbers stand for, when series are numbers.
  init(_ keys: [LegendKey], heading: String, width: Double) {
    let font = LegendRows.font
    self.heading = keys.isEmpty ? "" : printable(heading)
    var x = self.heading.isEmpty ? 0 : font.width(self.heading) + 16
    var row = 0
    items = keys.map { key in
      let text = font.fitted(printable(key.label), to: width - LegendRows.glyph - 6)
      let needed = LegendRows.glyph + 6 + font.width(text)
      if x > 0 && x + needed > width { (x, row) = (0, row + 1) }
      defer { x += needed + 20 }
      return Item(key: key, text: text, x: x, row: row)
    }
  }

  var height: Double { items.last.map { Double($0.row + 1) * LegendRows.rowHeight + 6 } ?? 0 }

  func draw(x: Double, y: Double, into svg: inout SVG) {
    if !heading.isEmpty {
      let font = Font(size: 12, color: .grey)
      svg.label(heading, x: x, y: y + 13.5, font: font)
    }
    for item in items {
      let top = y + Double(item.row) * LegendRows.rowHeight
      for glyph in item.key.glyphs {
        glyph.draw(
          in: Area(
            left: x + item.x, top: top + 2, right: x + item.x + LegendRows.glyph,
            bottom: top + 16), into: &svg)
      }
      svg.label(
        item.text, x: x + item.x + LegendRows.glyph + 6, y: top + 13.5, font: LegendRows.font)
    }
  }
}

extension LegendKey.Glyph {
  /// Which of several glyphs of one entry are the same.
  var kind: Int {
    switch self {
    case .band: 0
    case .swatch: 1
    case .box: 2
    case .errorBar: 3
    case .line: 4
    case .tick: 5
    case .marker: 6
    }
  }

  func draw(in area: Area, into svg: inout SVG) {
    let middle = Point(x: (area.left + area.right) / 2, y: (area.top + area.bottom) / 2)
    let (left, right) = (Point(x: area.left, y: middle.y), Point(x: area.right, y: middle.y))
    switch self {
    case .line(let look, let width):
      svg.line(left, right, color: look.color, width: width, dash: look.dash.attribute)
    case .band(let color):
      fill(area, inset: 1, color, opacity: Band.opacity, into: &svg)
    case .marker(let look):
      look.marker.draw(at: [middle], radius: 3.6, color: look.color, into: &svg)
    case .swatch(let color):
      fill(area, inset: 1.5, color, opacity: nil, into: &svg)
    case .box(let color):
      svg.line(left, right, color: color, width: 1.2)
      svg.element(
        "rect",
        [
          "x": area.left + 5, "y": area.top + 3, "width": area.width - 10,
          "height": area.height - 6, "fill": color.tint,
          "stroke": color, "stroke-width": 1.0,
        ])
      let (top, bottom) = (area.top + 3, area.bottom - 3)
      svg.line(
        Point(x: middle.x, y: top), Point(x: middle.x, y: bottom), color: color, width: 2.2)
    case .errorBar(let color):
      let (top, bottom) = (area.top + 1, area.bottom - 1)
      svg.line(Point(x: middle.x, y: top), Point(x: middle.x, y: bottom), color: color, width: 1.4)
      for y in [top, bottom] {
        svg.line(
          Point(x: middle.x - 3, y: y), Point(x: middle.x + 3, y: y), color: color, width: 1.4)
      }
    case .tick(let color):
      svg.line(
        Point(x: middle.x - 7, y: middle.y), Point(x: middle.x + 7, y: middle.y), color: color,
        width: 2)
    }
  }

  private func fill(
    _ area: Area, inset: Double, _ color: Color, opacity: Double?, into svg: inout SVG
  ) {
    svg.element(
      "rect",
      [
        "x": area.left, "y": area.top + inset, "width": area.width,
        "height": area.height - 2 * inset, "fill": color, "fill-opacity": opacity,
      ])
  }
}
