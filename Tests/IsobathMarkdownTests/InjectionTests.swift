// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathTestSupport
import Testing

@testable import IsobathMarkdown

@Suite struct InjectionTests {
  /// The only tags that a document has, all of them its own.
  private static let tags = [
    "<details>", "</details>", "<summary>", "</summary>", "<br>", "<code>", "</code>",
  ]

  @Test(arguments: hostile)
  func staysText(text: String) throws {
    let document = try hostileDocument(text)
    let lines = document.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(document.text.hasSuffix("\n") && !document.text.hasSuffix("\n\n"))
    var fence: Substring?
    for line in lines {
      let body = line.drop { $0 == " " || $0.isNumber || $0 == "." }
      if let open = fence {
        if body.hasPrefix(open) { fence = nil }
        continue
      }
      if body.hasPrefix("```") && !body.dropFirst(3).drop(while: { $0 == "`" }).contains("`") {
        fence = body.prefix { $0 == "`" }
        continue
      }
      check(String(line))
    }
    #expect(fence == nil, "a fence is left open")
    let shown = document.text.unicodeScalars.allSatisfy { scalar in
      scalar == "\n" || scalar == "\t" || (scalar.value >= 0x20 && scalar.value != 0x7F)
    }
    #expect(shown && !document.text.contains("\u{202E}"))
  }

  /// A line outside code blocks: without its code spans it has no tag but the document's own.
  private func check(_ line: String) {
    var rest = withoutCodeSpans(line)
    if line.hasPrefix("|") {
      let bars = zip(line, " " + line).filter { $0 == "|" && $1 != "\\" }.count
      #expect(bars == 3, "a row of two cells has three bars: \(line)")
    }
    for tag in Self.tags { rest = rest.components(without: tag) }
    #expect(!rest.contains("<"), "\(line)")
    #expect(!rest.lowercased().contains("](javascript"), "\(line)")
  }

  /// CommonMark's rule: a run of backticks closes at the next run of the same length.
  private func withoutCodeSpans(_ line: String) -> String {
    let characters = Array(line)
    var result = ""
    var index = 0
    while index < characters.count {
      if characters[index] == "\\", index + 1 < characters.count {
        result.append(".")
        index += 2
        continue
      }
      guard characters[index] == "`" else {
        result.append(characters[index])
        index += 1
        continue
      }
      let length = characters[index...].prefix { $0 == "`" }.count
      var place = index + length
      var end: Int?
      while place < characters.count && end == nil {
        let run = characters[place...].prefix { $0 == "`" }.count
        if run == length { end = place + run }
        place += max(1, run)
      }
      index = end ?? index + length
    }
    return result
  }

  @Test(arguments: [
    "javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc",
    "//evil.example", "\\\\evil", "", "java\nscript:alert(1)", " javascript:alert(1)", "mailto:a@b",
    "x:y",
  ])
  func refusedLinks(text: String) {
    #expect(throws: MarkdownError.linkRefused(text)) { try LinkTarget(text) }
  }

  @Test(arguments: [
    ("figures/a.svg", "figures/a.svg"), ("#depth", "#depth"), ("../x y.md", "../x%20y.md"),
    ("https://a.example/b?c=d&e=(f)#g", "https://a.example/b?c=d&amp;e=%28f%29#g"),
    ("HTTP://a.example", "HTTP://a.example"), ("a/b:c", "a/b:c"),
    ("javascript&colon;alert(1)", "javascript&amp;colon;alert%281%29"),
    ("a\"><script>", "a%22%3E%3Cscript%3E"), ("a)b](c", "a%29b%5D%28c"), ("é", "%C3%A9"),
    ("a\u{0}\n\\`|", "a%00%0A%5C%60%7C"), ("50%25", "50%25"),
  ])
  func acceptedLinks(text: String, destination: String) throws {
    #expect(try LinkTarget(text).destination == destination)
  }

  @Test func names() throws {
    for name in ["", "-a", "a-", "A", "a b", "a\"", "é", String(repeating: "a", count: 101)] {
      #expect(throws: MarkdownError.badName(name)) { try Anchor(name) }
      #expect(throws: MarkdownError.badName(name)) { try NoteID(name) }
    }
    #expect(try Anchor("entropy-by-depth-2").name == "entropy-by-depth-2")
    #expect(MarkdownError.badName("A\u{1B}").description.hasPrefix("'A\u{FFFD}' cannot name"))
  }
}

extension String {
  fileprivate func components(without part: String) -> String {
    var result = ""
    var rest = Substring(self)
    while let first = rest.first {
      if rest.hasPrefix(part) {
        rest = rest.dropFirst(part.count)
      } else {
        result.append(first)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}
