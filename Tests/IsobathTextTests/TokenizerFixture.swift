// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON
import IsobathTestSupport
import Testing

/// Tokenizers with the reference's ids of many texts, made by `scripts/tokenizers_*.py`.
enum TokenizerFixture {
  struct Row {
    let text: String
    let ids: [Int32]
    /// Without the special tokens around it.
    let plain: [Int32]
  }

  static let names = [
    "smollm2", "gpt2-style", "prefix-space", "llama3-style", "qwen2-style", "olmo2-style",
    "deepseek-style", "bloom-style", "gpt4o-style", "kimi-style", "neox-style", "roberta-style",
    "clip-style", "nfc", "split-removed", "split-merged-with-previous", "split-merged-with-next",
    "split-contiguous", "literal-digits", "added", "llama2-style", "mistral-style", "gemma-style",
    "phi3-style", "t5-style", "xlmr-style", "albert-style", "unigram-bytes", "unigram-whole",
    "bert-style", "bert-cased", "bert-accents", "wordpiece-short", "word-level", "bpe-prefix",
    "bpe-suffix", "bpe-no-unk", "bpe-some-bytes", "normalizer-nfc", "normalizer-nfd",
    "normalizer-nfkc", "normalizer-nfkd", "normalizer-strip", "normalizer-strip-left",
    "normalizer-accents", "normalizer-lowercase", "normalizer-nmt", "normalizer-bert",
    "normalizer-replace", "normalizer-prepend", "normalizer-byte-level", "pre-bert",
    "pre-delimiter", "pre-digits", "pre-fixed", "pre-metaspace-always", "pre-metaspace-first",
    "pre-metaspace-never", "pre-punctuation-isolated", "pre-punctuation-removed",
    "pre-punctuation-merged-with-previous", "pre-punctuation-merged-with-next",
    "pre-punctuation-contiguous", "pre-scripts", "pre-whitespace", "pre-whitespace-split",
    "pre-split-invert", "pre-split-empty", "pre-split-thousands", "pre-letters-first", "pre-none",
  ]

  static func folder(_ name: String) -> String { Fixtures.path("tokenizers/\(name)") }

  static func rows(_ name: String) throws -> [Row] { try rows(in: "tokenizers/\(name)") }

  static func rows(in folder: String) throws -> [Row] {
    let file = try json("\(folder)/expected.json")
    let texts = try file["texts"] ?? json("tokenizers/texts.json")
    let ids = try #require(file["ids"]?.elements)
    let plain = try #require(file["plain"]?.elements)
    let elements = texts.elements
    try #require(elements.count == ids.count && ids.count == plain.count)
    return try elements.indices.map {
      Row(
        text: try #require(elements[$0].string), ids: numbers(ids[$0]),
        plain: numbers(plain[$0]))
    }
  }

  private static func json(_ path: String) throws -> JSON {
    try JSONDocument(Array(Fixtures.data(path))).root
  }

  private static func numbers(_ json: JSON) -> [Int32] {
    json.elements.compactMap(\.int).map(Int32.init)
  }
}
