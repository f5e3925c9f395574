// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathTestSupport
import Testing

@testable import IsobathMarkdown

@Suite struct WritingTests {
  private func text(_ block: Block) -> String { MarkdownDocument([block]).text }

  @Test func textIsLeftReadable() {
    #expect(
      text(.paragraph("H = 2.71 nats (−0.5 %), layer_3 of SmolLM2-135M: 1.5 below. 3 + 4 - 5!"))
        == "H = 2.71 nats (−0.5 %), layer_3 of SmolLM2-135M: 1.5 below. 3 + 4 - 5!\n")
  }

  @Test func paragraphsAreWrapped() {
    let words = (0..<200).map { String(repeating: "w", count: 1 + $0 % 9) }
    let lines = text(.paragraph(Prose(words.joined(separator: " ")))).split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 100 })
    #expect(lines.joined(separator: " ") == words.joined(separator: " "))
    let long = String(repeating: "x", count: 300)
    #expect(text(.paragraph("a \(long) b")) == "a\n\(long)\nb\n")
  }

  /// A word that begins a line must not begin a block.
  @Test(arguments: [
    ("-", "\\-"), ("---", "\\---"), ("+", "\\+"), ("===", "\\==="), ("##", "\\##"),
    (":-:", "\\:-:"), ("12.", "12\\."), ("1)", "1\\)"), ("1.5", "1.5"), ("-0.5", "-0.5"),
    ("#5", "#5"), ("word", "word"),
  ])
  func lineStarts(word: String, written: String) {
    #expect(lineStart(word) == written)
  }

  @Test(arguments: [
    ("a", "`a`"), ("a`b", "``a`b``"), ("`", "`` ` ``"), ("``", "``` `` ```"), ("", "` `"),
    (" a ", "`  a  `"), ("a\nb", "`a b`"), ("\\", "`\\`"),
  ])
  func codeSpans(code: String, written: String) {
    #expect(codeSpan(code) == written)
  }

  @Test func tablesLineUp() {
    let table = Table(
      [.init("Name"), .number("n"), .init("c", .centre)],
      rows: [["alpha", "1", "x"], ["b", "1234", "=1"]])
    #expect(
      text(.table(table)) == """
        | Name  |    n | c   |
        | ----- | ---: | :-: |
        | alpha |    1 | x   |
        | b     | 1234 | \\=1 |

        """)
  }

  @Test func breaksNeedTextOnBothSides() {
    #expect(text(.paragraph("a\(lineBreak: ())b")) == "a\\\nb\n")
    #expect(text(.paragraph("\(lineBreak: ())a\(lineBreak: ())\(lineBreak: ())")) == "a\n")
  }

  /// `[^n]: word` would define a link where notes are unknown.
  @Test func notesAreNeverLinkDefinitions() throws {
    let note = try NoteID("n")
    func written(_ words: Prose) -> String { text(.notes([(note, words)])) }
    #expect(written("two words") == "[^n]: two words\n")
    #expect(written("word") == "[^n]: &#32; &#32; word\n")
    #expect(written("word (title)") == "[^n]: &#32; &#32; word (title)\n")
    #expect(text(.paragraph("a\(note: note)(b)")) == "a[^n]\\(b)\n")
  }

  @Test func anExclamationMarkMakesNoImage() throws {
    let link = try LinkTarget("x")
    #expect(text(.paragraph("Look!\(link: "here", to: link)")) == "Look\\![here](x)\n")
  }
}
