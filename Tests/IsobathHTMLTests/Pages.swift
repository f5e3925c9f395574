// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMarkdown

@testable import IsobathHTML

/// What names, titles and texts from files may hold.
let hostile = [
  "</text><script>alert(1)</script>", "</style><script>alert(1)</script>", "</title><b>", "]]>",
  "<img src=x onerror=alert(1)>", "\" onload=\"alert(1)", "' onclick='x", "a\" href=\"javascript:x",
  "<!-- comment -->", "--><script>", "<![CDATA[x]]>", "&lt;b&gt; &amp; &#60; &copy;", "&", "<",
  "a<b>c",
  "one\ntwo\r\nthree\tfour", "\u{1B}[31mred\u{7}\u{0}", "\u{202E}fdp.exe\u{2066}", "\u{2028}\u{85}",
  "{\"a\":1}", "${x}", "`code`", "=cmd|' /C calc'!A0", "é\u{301} 模型 👩‍👩‍👧‍👦 مرحبا", "", " ",
  "javascript:alert(1)", "content", "contents", "</details></summary>", "100 %",
]

let testThemes = HTMLPage.Themes(
  light: "--paper:#fff;--ink:#111;--grey:#555;--grid:#ddd",
  dark: "--paper:#111;--ink:#eee;--grey:#aaa;--grid:#333")

/// The same text in every place that takes text.
func hostilePage(_ text: String) throws -> HTMLPage {
  let target = try LinkTarget("a/b.svg")
  let note = try NoteID("n")
  let all: Prose =
    "\(text)\(code: text) \(emphasis: text) \(strong: text)!\(link: Prose(text), to: target)\(note: note)"
  let blocks: [Block] = [
    .heading(1, Prose(text)), .paragraph("\(strong: text)"), .heading(2, Prose(text)),
    .heading(2, all), .paragraph(all), .paragraph("\(text)\(lineBreak: ())\(text)"),
    .image(target, alt: text), .bullets([Prose(text), all]),
    .table(
      Table(
        [.init(Prose(text)), .number(Prose(text))],
        rows: [[Prose(text), .code(text)], [all, all]])),
    .list([[.paragraph(Prose(text)), .code(text)], []], isNumbered: true),
    .details(
      summary: text, [.heading(3, Prose(text)), .paragraph(all), .code(text, language: text)]),
    .rule, .notes([(note, all)]),
  ]
  return HTMLPage(blocks, themes: testThemes)
}

/// A page with every block and every run.
func wholePage() throws -> HTMLPage {
  let (anchor, wei) = (try Anchor("depth"), try NoteID("wei"))
  let web = try LinkTarget("https://arxiv.org/abs/2401.17139?a=1&b=(2)")
  let figure = try LinkTarget("figures/entropy.svg")
  let cited: Prose = "Wei et al., \(link: "2401.17139", to: web)."
  let blocks: [Block] = [
    .heading(1, "Compression in \(code: "SmolLM2-135M")"),
    .paragraph("\(strong: "Entropy is lowest after 17 of 30 blocks, 2.71 nats.")"),
    .paragraph("From 120 documents; 95 % intervals\(note: wei)."),
    .heading(2, "Entropy through depth", anchor: anchor),
    .paragraph("Read \(link: "the paper", to: web), or \(emphasis: "not")."),
    .image(figure, alt: "from 4.5 down to 2.7"),
    .details(
      summary: "The numbers of this figure",
      [
        .table(
          Table(
            [.init("site"), .number("H (nats)"), .init("note", .centre)],
            rows: [["residual.0", "4.52", "a|b"], [.code("residual.17"), "2.71", "<i>"]]))
      ]),
    .heading(3, "Entropy through depth"), .bullets(["one", "two\(note: wei)"]),
    .list(
      [[.paragraph("First:"), .code("isobath survey MODEL\n\tx < y")], [.rule]], isNumbered: true),
    .image(try LinkTarget("figures/other.svg"), alt: "another"),
    .notes([(wei, cited)]),
  ]
  let drawing = HTMLFigure.Drawing(svg: "<svg><title>t</title></svg>\n", values: "{\"panels\":[]}")
  return HTMLPage(
    blocks, figures: [figure.destination: HTMLFigure(wide: drawing, narrow: drawing)],
    themes: testThemes)
}
