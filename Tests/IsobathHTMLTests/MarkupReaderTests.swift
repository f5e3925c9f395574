// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathTestSupport
import Testing

/// The reader that the other tests trust.
@Suite struct MarkupReaderTests {
  @Test(arguments: [
    "<p>", "<p></b>", "<p><b></p></b>", "</p>", "<p a=b></p>", "<p a=\"b></p>", "<p>></p>",
    "<p a=\"1\" a=\"2\"></p>", "<p<b></b></p>", "<script>", "< p></p>", "<p  a=\"b\"></p>",
  ])
  func refuses(text: String) {
    #expect(throws: MarkupReader.Fault.self) { try MarkupReader("<!DOCTYPE html>\n" + text) }
  }

  @Test func reads() throws {
    let page = "<!DOCTYPE html>\n<p a=\"x>y\" b>t<br><rect r=\"1\"/></p><script>a<b</script>"
    let elements = try MarkupReader(page).elements
    #expect(elements.map(\.name) == ["p", "br", "rect", "script"])
    #expect(elements[0].attributes == ["a": "x>y", "b": ""])
    #expect(throws: MarkupReader.Fault.self) { try MarkupReader("<p></p>") }
  }
}
