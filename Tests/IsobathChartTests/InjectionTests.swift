// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import IsobathChart

/// Names and titles come from files that anyone may have written.
@Suite struct InjectionTests {
  private static let hostile = [
    "</text><script>alert(1)</script>", "]]>", "<!-- -->", "<![CDATA[", "&amp;&#x3c;&lt;", "\"'><g",
    "\" onload=\"alert(1)", "a\nb\tc\r\nd", "\u{1B}[31mred\u{7}\u{0}\u{8}",
    "\u{202E}fdp.exe\u{2066}",
    scalars(0xFFFE, 0xFFFF, 0x1FFFE, 0xFDD0), "=cmd|' /C calc'!A0", "](javascript:alert(1))",
    "\u{E0041}\u{FEFF}\u{200B}", "%n%s${x}{{y}}", String(repeating: "W", count: 5000),
    String(repeating: "é\u{301}", count: 300), "模型名称很长很长很长很长很长很长", "👩‍👩‍👧‍👦 مرحبا שלום", "",
  ]

  /// Noncharacters, which cannot stand in a literal.
  private static func scalars(_ codes: UInt32...) -> String {
    String(String.UnicodeScalarView(codes.compactMap { Unicode.Scalar($0) }))
  }

  private func chart(_ text: String) -> Chart {
    struct Row {
      var name: String
      var other: String
      var value: Double
    }
    let rows = [Row(name: text, other: "b", value: 1), Row(name: "b", other: text, value: 2)]
    return Chart(
      text, subtitle: text, caption: text, description: text, x: Axis(text, unit: text),
      y: Axis(text, unit: text), color: ColorAxis(text, unit: text), order: [text],
      panels: Panel.each(rows, by: \.name) { rows in
        Line(rows, x: \.name, y: \.value, series: \.other)
        Dot(rows, x: \.name, y: \.value, name: text)
        Text(rows, x: \.name, y: \.value, text: \.other)
        Rule(y: 1.5, text)
        Cell(rows, x: \.name, y: \.value, fill: \.value)
      })
  }

  @Test(arguments: hostile)
  func staysText(text: String) throws {
    let svg = chart(text).svg
    let elements = try #require(SVGReader.read(svg), "not well-formed")
    let names = Set(elements.map(\.name))
    #expect(names.isDisjoint(with: ["script", "style", "foreignObject", "image", "a", "use"]))
    #expect(elements.allSatisfy { $0.attributes.keys.allSatisfy { !$0.hasPrefix("on") } })
    // The markup around the text is the same as around an innocent one.
    let innocent = try #require(SVGReader.read(chart("innocent").svg))
    #expect(Set(innocent.map(\.name)).isSuperset(of: names))
    for scalar in svg.unicodeScalars where scalar != "\n" {
      #expect(scalar.value >= 0x20, "a control character")
      #expect(
        !(0x202A...0x202E).contains(scalar.value) && !(0x2066...0x2069).contains(scalar.value))
    }
    #expect(!svg.contains("]]>"))
    #expect(svg.utf8.count < 200_000)
  }

  @Test func tricksStayVisible() {
    #expect(escaped("a\u{202E}b\u{1B}[1m<>&\"'") == "a\u{FFFD}b\u{FFFD}[1m&lt;&gt;&amp;&quot;&#39;")
    #expect(escaped("a\nb") == "a b")
    #expect(escaped("Ω½∞ — “é”") == "Ω½∞ — “é”")
  }
}
