// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import IsobathChart

/// What holds for every chart, whatever it shows.
@Suite struct OutputRuleTests {
  /// What hosts of Markdown keep of an SVG, and no more.
  private static let elements: Set = [
    "svg", "title", "desc", "rect", "path", "g", "text", "clipPath", "linearGradient", "stop",
  ]
  private static let attributes: Set = [
    "xmlns", "width", "height", "viewBox", "role", "aria-labelledby", "aria-hidden", "font-family",
    "font-size", "font-weight", "text-anchor", "transform", "id", "x", "y", "x1", "x2", "y1",
    "y2", "d", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray",
    "stroke-linecap", "stroke-linejoin", "shape-rendering", "clip-path", "offset", "stop-color",
  ]

  private func check(_ chart: Chart, _ name: String) throws {
    let svg = chart.svg
    #expect(svg == chart.svg, "\(name): two renderings differ")
    let elements = try #require(SVGReader.read(svg), "\(name) is not well-formed")
    let root = elements[0]
    #expect(root.attributes["role"] == "img")
    let ids = elements.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count, "\(name): an id occurs twice")
    let named = root.attributes["aria-labelledby"]?.split(separator: " ").map { String($0) } ?? []
    #expect(named.count == 2 && Set(named).isSubset(of: ids))
    for element in elements {
      #expect(Self.elements.contains(element.name), "\(name): \(element.name)")
      let strange = element.attributes.keys.filter { !Self.attributes.contains($0) }
      #expect(strange.isEmpty, "\(name): \(strange)")
      let reference = element.attributes.values.first { $0.contains("url(") }
      #expect(reference.map { $0.hasPrefix("url(#c") } ?? true, "\(name): \(reference ?? "")")
      let isFinite = element.attributes.values.allSatisfy { !$0.contains("nan") }
      #expect(isFinite || element.name == "text", "\(name): \(element.attributes)")
    }
    check(texts: elements.filter { $0.name == "text" }, of: root, name)
  }

  private func check(texts: [SVGElement], of root: SVGElement, _ name: String) {
    let width = root.number("width") ?? 0
    let height = root.number("height") ?? 0
    let shown = texts.filter { $0.attributes["aria-hidden"] == nil }
    for text in shown {
      #expect((text.number("font-size") ?? 0) >= 11, "\(name): '\(text.text)' is too small")
      guard let box = text.box else {
        Issue.record("\(name): '\(text.text)' has no place")
        continue
      }
      let isInside =
        box.left >= -0.5 && box.right <= width + 0.5 && box.top >= -0.5
        && box.bottom <= height + 0.5
      #expect(isInside, "\(name): '\(text.text)' lies at \(box), outside \(width) × \(height)")
    }
    let level = shown.filter { !$0.isTilted }
    for (index, text) in level.enumerated() {
      for other in level[(index + 1)...] {
        guard let box = text.box, let another = other.box else { continue }
        #expect(
          box.overlap(with: another) < 0.5,
          "\(name): '\(text.text)' at \(box) lies on '\(other.text)' at \(another)")
      }
    }
  }

  @Test(arguments: examples.indices)
  func example(index: Int) throws {
    try check(examples[index].chart(), examples[index].name)
  }

  @Test(arguments: 0..<400)
  func random(seed: Int) throws {
    var charts = RandomCharts(seed: seed)
    try check(charts.next(), "seed \(seed)")
  }
}
