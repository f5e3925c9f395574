// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathJSON
import IsobathTestSupport
import IsobathText
import Testing

/// Token ids against the reference's, on strings made to be nasty and on seeded random ones.
@Suite struct TokenizerTests {
  static let names = [
    "smollm2", "gpt2-style", "prefix-space", "llama3-style", "nfc", "split-removed",
    "split-merged-with-previous", "split-merged-with-next", "split-contiguous", "literal-digits",
    "added",
  ]

  @Test(arguments: names) func identicalIDs(_ name: String) throws {
    let tokenizer = try Tokenizer.open(folder: Fixtures.path("tokenizers/\(name)"))
    let rows = try JSONDocument(
      Array(Fixtures.data("tokenizers/\(name)/expected.json"))
    ).root.elements
    #expect(rows.count > 100)
    for row in rows {
      let text = try #require(row["text"]?.string)
      let wanted = try #require(row["ids"]).elements.compactMap(\.int).map(Int32.init)
      let plain = try #require(row["plain"]).elements.compactMap(\.int).map(Int32.init)
      let found = try tokenizer.encode(text)
      #expect(found == wanted, "\(name): \(text.debugDescription)")
      #expect(try tokenizer.encode(text, addSpecialTokens: false) == plain)
    }
  }

  @Test func decodingReturnsTheText() throws {
    let tokenizer = try Tokenizer.open(folder: Fixtures.path("tokenizers/smollm2"))
    for text in ["", "Hello, world!", "naïve café 👍🏽 日本語", "a\u{0}b\r\n\t  "] {
      #expect(try tokenizer.decode(tokenizer.encode(text)) == text)
    }
  }

  /// n log n: a quadratic merge would take hours.
  @Test func oneMillionIdenticalCharacters() throws {
    let tokenizer = try Tokenizer.open(folder: Fixtures.path("tokenizers/smollm2"))
    let text = String(repeating: "a", count: 1_000_000)
    let ids = try tokenizer.encode(text)
    #expect(tokenizer.decode(ids) == text)
  }

  @Test func manyTextsAreAsOneByOne() throws {
    let tokenizer = try Tokenizer.open(folder: Fixtures.path("tokenizers/smollm2"))
    let texts = (0..<57).map { "text \($0) of many: \(String(repeating: "so ", count: $0))" }
    let together = try tokenizer.encode(texts, threads: 2)
    #expect(try together == texts.map { try tokenizer.encode($0) })
  }
}
