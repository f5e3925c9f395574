// SPDX-License-Identifier: GPL-3.0-or-later
@testable import IsobathMarkdown

/// What names, titles and texts from files may hold.
let hostile = [
  "</text><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "](javascript:alert(1))",
  "[x](javascript:alert(1))", "![x](http://evil/x.png)", "a|b||c", "\\|", "\\", "a\\",
  "one\ntwo\n\n# three",
  "- item", "1. item", "1) item", "---", "===", ":--", ":-:|:-:", "# heading", "> quote", "+ plus",
  "```", "~~~", "`code`", "``", "*em* **strong** _em_ __strong__ ~~no~~", "<!-- comment -->",
  "&lt;b&gt; &amp; &#60; &copy;", "[^1]: note", "[ref]: http://evil", "=cmd|' /C calc'!A0",
  "\u{1B}[31mred\u{7}\u{0}", "\u{202E}fdp.exe\u{2066}", "https://evil.example www.evil.example",
  "$x$ $$y$$", "</details></summary>", "    indented", "\tindented", "trailing  ", "a  \nb",
  "@name #12",
  "<https://evil.example>", "(javascript:alert(1))", "^n", "! !", "snake_case_name _edge_",
  "| --- |", "\u{2028}\u{85}", "é\u{301} 模型 👩‍👩‍👧‍👦",
  "", " ",
]

/// The same text in every place that takes text.
func hostileDocument(_ text: String) throws -> MarkdownDocument {
  let target = try LinkTarget("a/b.svg")
  let note = try NoteID("n")
  let all: Prose =
    "\(text)\(code: text)\(code: text) \(emphasis: text) \(strong: text)!\(link: Prose(text), to: target)\(note: note)\(text)"
  return MarkdownDocument {
    Block.heading(2, Prose(text))
    Block.paragraph(Prose(text))
    Block.paragraph(all)
    Block.paragraph(
      "\(link: .code(text), to: target): \(note: note): \(text)\(lineBreak: ())\(text)")
    Block.image(target, alt: text)
    Block.table(
      Table(
        [.init(Prose(text)), .number("n")],
        rows: [[Prose(text), .code(text)], [all, "\(text)\(lineBreak: ())\(text)"]]))
    Block.bullets([Prose(text), all])
    Block.list([[.paragraph(Prose(text)), .code(text)], []], isNumbered: true)
    Block.details(summary: text, [.paragraph(Prose(text)), .code(text, language: text)])
    Block.notes([(note, all)])
  }
}
