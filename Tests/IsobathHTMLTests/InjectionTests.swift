// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathTestSupport
import Testing

@testable import IsobathHTML

@Suite struct InjectionTests {
  /// The elements of a page are the same whatever its texts say.
  @Test(arguments: hostile)
  func staysText(text: String) throws {
    let page = try hostilePage(text).text
    let elements = try MarkupReader(page).elements
    let innocent = try MarkupReader(hostilePage("innocent").text).elements
    #expect(elements.map(\.name) == innocent.map(\.name))
    for (element, other) in zip(elements, innocent) {
      #expect(Set(element.attributes.keys) == Set(other.attributes.keys))
      for name in ["href", "type", "class", "scope", "http-equiv"] where element.name != "a" {
        #expect(element.attributes[name] == other.attributes[name])
      }
      if let href = element.attributes["href"] {
        #expect(href.hasPrefix("#") || href == "a/b.svg", "\(href)")
      }
    }
    for scalar in page.unicodeScalars where scalar != "\n" && scalar != "\t" {
      #expect(scalar.value >= 0x20 && scalar.value != 0x7F, "a control character")
      #expect(
        !(0x202A...0x202E).contains(scalar.value) && !(0x2066...0x2069).contains(scalar.value))
    }
  }

  @Test func tricksStayVisible() {
    #expect(escaped("a\u{202E}b\u{1B}[1m<>&\"'") == "a\u{FFFD}b\u{FFFD}[1m&lt;&gt;&amp;&quot;&#39;")
    #expect(escaped("a\nb\tc") == "a b c")
    #expect(escaped("Ω½∞ — “é”") == "Ω½∞ — “é”")
  }
}
