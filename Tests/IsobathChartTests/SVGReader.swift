// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

@testable import IsobathChart

#if canImport(FoundationXML)
import FoundationXML
#endif

/// One element of a parsed SVG, with where its group puts it.
struct SVGElement {
  var name: String
  var attributes: [String: String]
  var text = ""
  /// Sum of the translations of the groups around it.
  var origin = Point(x: 0, y: 0)

  func number(_ name: String) -> Double? { attributes[name].flatMap { Double($0) } }
}

/// Reads an SVG with the system's XML parser, which refuses what is not well-formed.
final class SVGReader: NSObject, XMLParserDelegate {
  private(set) var elements: [SVGElement] = []
  private var open: [Int] = []
  private var origins = [Point(x: 0, y: 0)]

  /// The elements in order, or `nil` when the text is not well-formed XML.
  static func read(_ svg: String) -> [SVGElement]? {
    let reader = SVGReader()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = reader
    return parser.parse() ? reader.elements : nil
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    var origin = origins[origins.count - 1]
    if let move = attributes["transform"], move.hasPrefix("translate(") {
      let numbers = move.dropFirst(10).dropLast().split(separator: " ").compactMap { Double($0) }
      if numbers.count == 2 { origin = Point(x: origin.x + numbers[0], y: origin.y + numbers[1]) }
    }
    origins.append(origin)
    open.append(elements.count)
    elements.append(SVGElement(name: name, attributes: attributes, origin: origin))
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    if let last = open.last { elements[last].text += string }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    open.removeLast()
    origins.removeLast()
  }
}

extension SVGElement {
  /// The box of a text by the chart's own measure of it; of tilted text, the box of its turned box.
  var box: Area? {
    guard name == "text", let x = number("x"), let y = number("y"), let size = number("font-size")
    else { return nil }
    let isBold = attributes["font-weight"] == "bold"
    let width = TextMetrics.width(text, size: size, bold: isBold)
    let anchor = attributes["text-anchor"] ?? "start"
    let left = origin.x + x - (anchor == "end" ? width : anchor == "middle" ? width / 2 : 0)
    let top = origin.y + y - size * 0.76
    guard attributes["transform"] != nil else {
      return Area(left: left, top: top, right: left + width, bottom: top + size * 0.98)
    }
    return Area(
      left: origin.x + x - width * 0.8192, top: top, right: origin.x + x,
      bottom: origin.y + y + width * 0.5736)
  }

  var isTilted: Bool { attributes["transform"]?.hasPrefix("rotate") ?? false }
}
