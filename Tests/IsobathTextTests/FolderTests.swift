// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathTestSupport
import IsobathText
import Testing

/// Folders without `tokenizer.json`, against what transformers makes of them.
@Suite struct FolderTests {
  private static let names = [
    "gpt2", "gpt2-without-end", "gpt2-prefix-bos", "gpt2-added", "gpt2-older", "opt", "roberta",
    "roberta-class", "neox", "qwen2", "bert", "bert-cased", "bert-settings",
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
