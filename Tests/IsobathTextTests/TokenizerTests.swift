// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathJSON
import IsobathTestSupport
import IsobathText
import Testing

/// Token ids against the reference's, on strings made to be nasty and on seeded random ones.
@Suite struct TokenizerTests {
  @Test(arguments: TokenizerFixture.names) func identicalIDs(_ name: String) throws {
    let tokenizer = try Tokenizer.open(folder: TokenizerFixture.folder(name))
    let rows = try TokenizerFixture.rows(name)
    #expect(rows.count > 100)
    for row in rows {
      let found = try tokenizer.encode(row.text)
      #expect(found == row.ids, "\(name): \(row.text.debugDescription)")
      #expect(try tokenizer.encode(row.text, addSpecialTokens: false) == row.plain)
    }
  }

  @Test func everyFixtureIsTested() throws {
    let entries = try FileManager.default.contentsOfDirectory(
      atPath: Fixtures.path("tokenizers"))
    let folders = entries.filter {
      let file = Fixtures.path("tokenizers/\($0)/tokenizer.json")
      return FileManager.default.fileExists(atPath: file)
    }
    #expect(folders.sorted() == TokenizerFixture.names.sorted())
  }

  /// What is put around a text is special, whatever the tokenizer; letters are not.
  @Test(arguments: TokenizerFixture.names) func specialTokens(_ name: String) throws {
    let tokenizer = try Tokenizer.open(folder: TokenizerFixture.folder(name))
    let plain = try tokenizer.encode("a quiet day", addSpecialTokens: false)
    let whole = try tokenizer.encode("a quiet day")
    #expect(
      whole.filter { !tokenizer.specialIDs.contains($0) }
        == plain.filter {
          !tokenizer.specialIDs.contains($0)
        })
    if whole != plain { #expect(!tokenizer.specialIDs.isDisjoint(with: whole)) }
  }

  @Test func decodingReturnsTheText() throws {
    let tokenizer = try Tokenizer.open(folder: TokenizerFixture.folder("smollm2"))
    for text in ["", "Hello, world!", "naïve café 👍🏽 日本語", "a\u{0}b\r\n\t  "] {
      #expect(try tokenizer.decode(tokenizer.encode(text)) == text)
    }
  }

  @Test(arguments: [
    ("llama2-style", "Hi there, жук 日!", "<s> Hi there, жук 日!"),
    ("t5-style", "Hi there", " Hi there</s>"),
    ("bert-style", "The thinking", "[CLS] the thinking[SEP]"),
    ("bpe-no-unk", "Hi there", "Hithere"),
  ]) func decodingIsReadable(_ name: String, _ text: String, _ readable: String) throws {
    let tokenizer = try Tokenizer.open(folder: TokenizerFixture.folder(name))
    #expect(try tokenizer.decode(tokenizer.encode(text)) == readable)
  }

  /// n log n: a quadratic merge would take hours.
  @Test(arguments: [
    "smollm2", "llama2-style", "gemma-style", "unigram-whole", "t5-style", "bert-style",
    "clip-style",
    "word-level", "neox-style", "pre-none",
  ]) func oneMillionIdenticalCharacters(_ name: String) throws {
    let tokenizer = try Tokenizer.open(folder: TokenizerFixture.folder(name))
    let clock = ContinuousClock()
    let time = try clock.measure {
      for text in ["a", " ", "▁", "é"] {
        let ids = try tokenizer.encode(String(repeating: text, count: 1_000_000))
        #expect(ids.count <= 4_000_002)
      }
    }
    print("\(name): four texts of 10^6 characters in \(time)")
    #expect(time < .seconds(30))
  }

  @Test func manyTextsAreAsOneByOne() throws {
    let tokenizer = try Tokenizer.open(folder: TokenizerFixture.folder("smollm2"))
    let texts = (0..<57).map { "text \($0) of many: \(String(repeating: "so ", count: $0))" }
    let together = try tokenizer.encode(texts, threads: 2)
    #expect(try together == texts.map { try tokenizer.encode($0) })
  }
}
