// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON
import IsobathTestSupport
import IsobathText
import Testing

/// Vocabularies of GGUF files, against what llama.cpp makes of them.
@Suite struct GGUFVocabularyTests {
  private static let names = [
    "llama", "llama-without-prefix", "llama-across-words", "t5", "bert", "gemma4", "gpt2-gpt-2",
    "gpt2-smollm", "gpt2-llama-bpe", "gpt2-qwen2", "gpt2-qwen35", "gpt2-deepseek-llm",
    "gpt2-deepseek-coder", "gpt2-deepseek-v3", "gpt2-falcon", "gpt2-bloom", "gpt2-viking",
    "gpt2-seed-coder", "gpt2-chameleon",
  ]

  @Test(arguments: names) func identicalIDs(_ name: String) throws {
    let json = try GGUFVocabularyTests.json(name)
    let tokenizer = try GGUFVocabularyTests.vocabulary(json).tokenizer()
    let expected = try #require(json["expected"])
    let texts = expected["texts"]?.elements.compactMap(\.string) ?? []
    let ids = expected["ids"]?.elements ?? []
    #expect(texts.count > 60 && texts.count == ids.count)
    for (text, row) in zip(texts, ids) {
      let wanted = row.elements.compactMap(\.int).map(Int32.init)
      #expect(try tokenizer.encode(text) == wanted, "\(name): \(text.debugDescription)")
    }
  }

  /// The file's own `tokenizer.json`, where it carries one.
  @Test func theModelsOwnFileIsPreferred() throws {
    var vocabulary = try GGUFVocabularyTests.vocabulary(GGUFVocabularyTests.json("llama"))
    let file = try Fixtures.data("tokenizers/bert-style/tokenizer.json")
    vocabulary.huggingFace = String(decoding: file, as: UTF8.self)
    let tokenizer = try vocabulary.tokenizer()
    #expect(
      tokenizer.summary
        == "WordPiece of 400 tokens from GGUF metadata (tokenizer.huggingface.json)")
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    let message: String
    let spoil: @Sendable (inout GGUFVocabulary) -> Void
    var testDescription: String { message }

    init(_ message: String, _ spoil: @escaping @Sendable (inout GGUFVocabulary) -> Void) {
      self.message = message
      self.spoil = spoil
    }
  }

  private static let refusals = [
    Refusal("uses the GGUF tokenizer 'rwkv'") { $0.model = "rwkv" },
    Refusal("uses the pre-tokenizer 'default'") { $0.pre = "default" },
    Refusal("uses the pre-tokenizer 'superbpe'") { $0.pre = "superbpe" },
    Refusal("1 token types for 420 tokens") { $0.types = [1] },
    Refusal("1 scores, or one that is no number, for 420 tokens") { $0.scores = [1] },
    Refusal("0 tokens are no vocabulary") { $0.tokens = [] },
    Refusal("merge 0 is not a pair of tokens") { $0.merges = ["a b c"] },
    Refusal("merge 0 ('a Q~') is not in the vocabulary") { $0.merges = ["a Q~"] },
    Refusal("it has 600 tokens and no merges") {
      ($0.merges, $0.types, $0.tokens) = ([], [], (0..<600).map { "t\($0)" })
    },
    Refusal("it needs a token for bos that it does not name") {
      ($0.addsBeginning, $0.beginning) = (true, 1 << 20)
    },
    Refusal("a unigram model without scores") { $0.model = "t5" },
    Refusal("it needs a token for unknown that it does not name") {
      ($0.model, $0.scores, $0.unknown) = ("t5", Array(repeating: -1, count: 420), -1)
    },
    Refusal("the precompiled charsmap is damaged: it has 2 bytes") {
      ($0.model, $0.scores) = ("t5", Array(repeating: -1, count: 420))
      $0.charsmap = [1, 2]
    },
    Refusal("not valid JSON") { $0.huggingFace = "{" },
  ]

  @Test(arguments: refusals) func refused(_ refusal: Refusal) throws {
    var vocabulary = try GGUFVocabularyTests.vocabulary(GGUFVocabularyTests.json("gpt2-gpt-2"))
    refusal.spoil(&vocabulary)
    #expect {
      try vocabulary.tokenizer()
    } throws: { error in
      "\(error)".hasPrefix("test.gguf: ") && "\(error)".contains(refusal.message)
    }
  }

  private static func json(_ name: String) throws -> JSON {
    try JSONDocument(Array(Fixtures.data("tokenizer-gguf/\(name).json"))).root
  }

  private static func vocabulary(_ json: JSON) throws -> GGUFVocabulary {
    let strings = { (key: String) in json[key]?.elements.compactMap(\.string) ?? [] }
    let ints = { (key: String) in json[key]?.elements.compactMap(\.int) ?? [] }
    var vocabulary = GGUFVocabulary(
      model: try #require(json["model"]?.string), pre: json["pre"]?.string ?? "default",
      tokens: strings("tokens"), path: "test.gguf")
    vocabulary.types = ints("token_type")
    vocabulary.scores = json["scores"]?.elements.compactMap(\.double) ?? []
    vocabulary.merges = strings("merges")
    vocabulary.beginning = json["bos_token_id"]?.int
    vocabulary.end = json["eos_token_id"]?.int
    vocabulary.unknown = json["unknown_token_id"]?.int
    vocabulary.separator = json["seperator_token_id"]?.int
    vocabulary.addsBeginning = json["add_bos_token"]?.bool
    vocabulary.addsEnd = json["add_eos_token"]?.bool
    vocabulary.addsSpacePrefix = json["add_space_prefix"]?.bool
    vocabulary.removesExtraSpaces = json["remove_extra_whitespaces"]?.bool
    vocabulary.charsmap = ints("precompiled_charsmap")
    return vocabulary
  }
}
