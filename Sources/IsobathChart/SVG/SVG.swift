// SPDX-License-Identifier: GPL-3.0-or-later

/// What an attribute may hold: numbers are rounded, text is escaped.
protocol SVGValue: Sendable {
  var attributeText: String { get }
}

extension Double: SVGValue {
  var attributeText: String { coordinate(self) }
}

extension String: SVGValue {
  var attributeText: String { escaped(self) }
}

extension Color: SVGValue {
  var attributeText: String { hex }
}

/// Which end of a text stands at its place.
package enum Anchor: String, Sendable {
  case start
  case middle
  case end
}

/// SVG text under construction: one element a line, attributes in the order given, presentation
/// attributes only.
package struct SVG: Sendable {
  typealias Attributes = KeyValuePairs<String, (any SVGValue)?>

  private(set) var text = ""
  private var open: [String] = []
  /// Whether colours with a role are written as `var(--role)`, for a page that has two themes.
  private let isThemed: Bool

  init(isThemed: Bool = false) { self.isThemed = isThemed }

  /// An element without content; attributes that are `nil` are left out.
  mutating func element(_ name: String, _ attributes: Attributes) {
    text += "\(indent)<\(name)\(written(attributes))/>\n"
  }

  mutating func element(_ name: String, _ attributes: Attributes, content: String) {
    text += "\(indent)<\(name)\(written(attributes))>\(escaped(content))</\(name)>\n"
  }

  /// An element around what `body` draws.
  mutating func group(
    _ name: String = "g", _ attributes: Attributes, _ body: (inout SVG) -> Void
  ) {
    text += "\(indent)<\(name)\(written(attributes))>\n"
    open.append(name)
    body(&self)
    open.removeLast()
    text += "\(indent)</\(name)>\n"
  }

  mutating func label(
    _ string: String, x: Double, y: Double, font: Font, anchor: Anchor = .start,
    rotation: Double? = nil
  ) {
    element(
      "text",
      [
        "x": x, "y": y, "font-size": font.size, "fill": font.color,
        "font-weight": font.isBold ? "bold" : nil,
        "text-anchor": anchor == .start ? nil : anchor.rawValue,
        "transform": rotation.map { "rotate(\(coordinate($0)) \(coordinate(x)) \(coordinate(y)))" },
      ], content: string)
  }

  /// A label with a rim of paper, readable over lines.
  mutating func haloed(
    _ string: String, x: Double, y: Double, font: Font, anchor: Anchor = .start
  ) {
    element(
      "text",
      [
        "x": x, "y": y, "font-size": font.size, "fill": Color.paper, "stroke": Color.paper,
        "stroke-width": 3.0, "stroke-linejoin": "round", "aria-hidden": "true",
        "text-anchor": anchor == .start ? nil : anchor.rawValue,
      ], content: string)
    label(string, x: x, y: y, font: font, anchor: anchor)
  }

  mutating func line(
    _ from: Point, _ to: Point, color: Color, width: Double = 1, dash: String? = nil
  ) {
    element(
      "path",
      [
        "d": "M\(coordinate(from.x)) \(coordinate(from.y))L\(coordinate(to.x)) \(coordinate(to.y))",
        "stroke": color, "stroke-width": width, "stroke-dasharray": dash, "fill": "none",
      ])
  }

  private var indent: String { String(repeating: " ", count: open.count) }

  private func text(_ value: any SVGValue) -> String {
    guard isThemed, let role = (value as? Color)?.role else { return value.attributeText }
    return "var(--\(role))"
  }

  private func written(_ attributes: Attributes) -> String {
    attributes.reduce(into: "") { result, attribute in
      guard let value = attribute.value else { return }
      result += " \(attribute.key)=\"\(text(value))\""
    }
  }
}
