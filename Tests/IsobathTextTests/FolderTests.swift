// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathTestSupport
import IsobathText
import Testing

/// Folders without `tokenizer.json`, against what transformers and sentencepiece make of them.
@Suite struct FolderTests {
  private static let names = [
    "gpt2", "gpt2-without-end", "gpt2-prefix-bos", "gpt2-added", "gpt2-older", "opt", "roberta",
    "roberta-class", "neox", "qwen2", "bert", "bert-cased", "bert-settings",
    "unigram", "unigram-bytes", "unigram-plain", "sentencepiece-bpe", "sentencepiece-bpe-bytes",
  ]

  @Test(arguments: names) func identicalIDs(_ name: String) throws {
    let tokenizer = try Tokenizer.open(folder: Fixtures.path("tokenizer-folders/\(name)"))
    let rows = try TokenizerFixture.rows(in: "tokenizer-folders/\(name)")
    #expect(rows.count > 100)
    for row in rows {
      #expect(try tokenizer.encode(row.text) == row.ids, "\(name): \(row.text.debugDescription)")
      #expect(try tokenizer.encode(row.text, addSpecialTokens: false) == row.plain)
    }
    #expect(tokenizer.notes.isEmpty)
  }

  @Test func aFolderThatNamesNoClassIsReadWithANote() throws {
    let folder = try copy("gpt2", without: ["config.json"])
    let tokenizer = try Tokenizer.open(folder: folder)
    #expect(
      tokenizer.notes == [
        "read as by GPT2Tokenizer: no family and no tokenizer_class say how"
      ])
    #expect(
      tokenizer.summary == "byte-level BPE of 420 tokens from vocab.json and merges.txt "
        + "(GPT2Tokenizer)")
  }

  @Test func aClassThatIsNotRunIsRefused() throws {
    let folder = try copy("gpt2", without: [])
    try Data(#"{"tokenizer_class": "LlamaTokenizer"}"#.utf8).write(
      to: URL(filePath: folder + "/tokenizer_config.json"))
    #expect {
      try Tokenizer.open(folder: folder)
    } throws: { error in
      "\(error)".contains("the class LlamaTokenizer without a tokenizer.json")
        && "\(error)".contains("GPT2Tokenizer, RobertaTokenizer")
    }
  }

  /// The first bytes of a model, and the model with one byte changed: read or refused, never worse.
  @Test func damagedSentencePieceModels() throws {
    let model = try Fixtures.data("tokenizer-folders/sentencepiece-bpe/tokenizer.model")
    let folder = try Fixtures.temporaryFolder()
    let path = folder.path(percentEncoded: false)
    var refused = 0
    for at in stride(from: 0, to: model.count, by: 97) {
      for damaged in [model.prefix(at), model.prefix(at) + [0xFF] + model.dropFirst(at + 1)] {
        try damaged.write(to: folder.appending(path: "tokenizer.model"))
        do {
          _ = try Tokenizer.open(folder: path).encode("some text")
        } catch {
          refused += 1
          #expect("\(error)".hasPrefix(path) && !"\(error)".contains("\n"))
        }
      }
    }
    #expect(refused > 50)
  }

  private func copy(_ name: String, without left: Set<String>) throws -> String {
    let folder = try Fixtures.temporaryFolder()
    let source = URL(filePath: Fixtures.path("tokenizer-folders/\(name)"))
    let files = try FileManager.default.contentsOfDirectory(atPath: source.path())
    for file in files where !left.contains(file) {
      try Data(contentsOf: source.appending(path: file)).write(to: folder.appending(path: file))
    }
    return folder.path(percentEncoded: false)
  }
}
