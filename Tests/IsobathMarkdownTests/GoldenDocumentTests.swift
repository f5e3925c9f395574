// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathTestSupport
import Testing

@testable import IsobathMarkdown

/// A document with every block and every run, as a reader of its source would see it.
func wholeDocument() throws -> MarkdownDocument {
  struct Row {
    var layer: Int
    var entropy: String
    var note: String
  }
  let rows = [
    Row(layer: 0, entropy: "4.52", note: "embedding"), Row(layer: 17, entropy: "2.71", note: "a|b"),
  ]
  let anchor = try Anchor("depth")
  let (wei, figure) = (try NoteID("wei"), try LinkTarget("figures/entropy by depth.svg"))
  let web = try LinkTarget("https://arxiv.org/abs/2401.17139?a=1&b=(2)")
  return MarkdownDocument {
    Block.heading(1, "Compression in \(code: "SmolLM2-135M")")
    Block.paragraph(
      """
      Entropy is lowest at \(code: "residual.17"): \(strong: "2.71 nats"), \(emphasis: "not") at the \
      last layer\(note: wei). Read \(link: "the paper", to: web) or \
      \(link: "the section below", to: LinkTarget(anchor: anchor)); 1.81 nats lie between.
      """)
    Block.heading(2, "Entropy through depth #2", anchor: anchor)
    Block.image(figure, alt: "Line chart: from 4.5 [nats] down to 2.7 and up")
    Block.details(
      summary: "The figure's data & <units>",
      [
        .table(
          Table(
            rows,
            columns: [
              (.number("Layer"), { "\($0.layer)" }), (.number("H (nats)"), { "\($0.entropy)" }),
              (.init("Note", .centre), { "\($0.note)\(lineBreak: ())\(code: $0.note)" }),
            ]))
      ])
    Block.bullets(["one", "two words", "three\(note: wei)"])
    Block.list(
      [
        [
          .paragraph("First:"), .code("isobath survey MODEL\nisobath report RUN\n", language: "sh"),
        ],
        [.paragraph("Then\(lineBreak: ())this.")],
      ], isNumbered: true)
    Block.rule
    Block.code("a ```` fence\n\tand a tab", language: "text")
    Block.notes([
      (wei, "Wei et al., \(link: "2401.17139", to: web), a text that is long enough to be wrapped.")
    ])
  }
}

@Suite struct GoldenDocumentTests {
  @Test func document() throws {
    let document = try wholeDocument()
    #expect(document.text == document.text)
    try expectGolden(document.text, "markdown-document.md")
  }

  @Test func hostileText() throws {
    try expectGolden(hostileDocument(hostile.joined(separator: " ")).text, "markdown-hostile.md")
  }

  @Test func emptyDocument() {
    #expect(MarkdownDocument([]).text == "\n")
    #expect(MarkdownDocument([.paragraph(""), .paragraph(" \n")]).text == "\n")
  }
}
