// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathTestSupport
import IsobathText
import Testing

/// Spoilt `tokenizer.json`: one clear line, no crash, no wrong id.
@Suite struct RefusalTests {
  struct Case: Sendable, CustomTestStringConvertible {
    /// Parts of the file's text that replace its usual ones.
    let parts: [String: String]
    let message: String
    /// A text that has to be encoded before the error shows.
    let text: String?
    var testDescription: String { message }

    init(_ parts: [String: String], _ message: String, text: String? = nil) {
      self.parts = parts
      self.message = message
      self.text = text
    }
  }

  private static let usual = [
    "vocab": #"{"a": 0, "b": 1, "ab": 2, "<unk>": 3}"#, "merges": #"["a b"]"#, "more": "",
    "type": #""BPE""#, "normalizer": "null", "pre": "null", "post": "null", "added": "[]",
  ]

  private static func file(_ parts: [String: String]) -> String {
    let all = usual.merging(parts) { $1 }
    let part = { (name: String) in all[name] ?? "" }
    return """
      {"version": "1.0", "added_tokens": \(part("added")), "normalizer": \(part("normalizer")),
      "pre_tokenizer": \(part("pre")), "post_processor": \(part("post")),
      "model": {"type": \(part("type")), "vocab": \(part("vocab")), "merges": \(part("merges"))
      \(part("more"))}}
      """
  }

  private static func token(_ content: String, _ id: String) -> String {
    #"{"id": \#(id), "content": "\#(content)", "single_word": false, "lstrip": false, "#
      + #""rstrip": false, "normalized": true, "special": false}"#
  }

  private static let models = [
    Case(["type": #""Mamba""#], "uses the model Mamba, which Isobath does not run"),
    Case(["vocab": "{}"], "the model has no vocabulary"),
    Case(["vocab": #"{"a": -1}"#], "token 'a' has no valid id"),
    Case(["vocab": #"{"a": 1.5}"#], "token 'a' has no valid id"),
    Case(["vocab": #"{"a": 99999999999}"#], "token 'a' has no valid id"),
    Case(["vocab": #"{"a": 0, "b": 0}"#], "id 0 belongs to two tokens, one of them 'b'"),
    Case(["vocab": #"{"a": 0, "a": 1}"#], "the key 'a' stands twice in one object"),
    Case(["merges": #"["a x"]"#], "merge 0 ('a x') is not in the vocabulary"),
    Case(["merges": #"[["a", "abababababababababababab"]]"#], "merge 0 ('a abababab"),
    Case(["merges": #"["ab"]"#], "merge 0 is not a pair of tokens"),
    Case(["merges": #"[["a", "b", "c"]]"#], "merge 0 is not a pair of tokens"),
    Case(["merges": #"[["a", 1]]"#], "merge 0 is not a pair of tokens"),
    Case(["merges": "null"], "the model has no merges"),
    Case(
      ["more": ", \"continuing_subword_prefix\": \"####\""],
      "merge 0 ('a b') is not in the vocabulary"),
    Case(["more": #", "dropout": 0.5"#], "uses BPE with dropout"),
    Case(
      ["more": #", "unk_token": "[U]""#],
      "a text needs the unknown token '[U]', which is not in the model's vocabulary", text: "x"),
    Case(["type": #""Unigram""#], "the model has no vocabulary"),
    Case(
      ["type": #""Unigram""#, "vocab": #"[["a"]]"#],
      "token 0 is not a pair of text and score"),
    Case(
      ["type": #""Unigram""#, "vocab": #"[["a", -1.0]]"#, "more": #", "unk_id": 7"#],
      "unk_id 7 is not among the 1 tokens"),
    Case(
      ["type": #""Unigram""#, "vocab": #"[["a", -1.0]]"#],
      "a text needs an unknown token, and the model has no unk_id", text: "b"),
    Case(
      ["type": #""Unigram""#, "vocab": "[[\"\(String(repeating: "a", count: 5000))\", -1.0]]"],
      "token 0 has 5000 bytes; at most 4096 are run"),
    Case(
      ["type": #""WordPiece""#, "more": #", "unk_token": "[UNK]""#],
      "a text needs the unknown token '[UNK]'", text: "x"),
    Case(
      ["type": #""WordLevel""#, "more": #", "unk_token": "[UNK]""#],
      "a text needs the unknown token '[UNK]'", text: "x"),
  ]

  private static let components = [
    Case(["normalizer": #"{"type": "Rot13"}"#], "uses the normalizer Rot13"),
    Case(["normalizer": #"{"type": "Replace", "content": ""}"#], "a Replace without a pattern"),
    Case(
      ["normalizer": #"{"type": "Precompiled", "precompiled_charsmap": "AAA"}"#],
      "the precompiled charsmap is not base64"),
    Case(
      ["normalizer": #"{"type": "Precompiled", "precompiled_charsmap": "/////w=="}"#],
      "the precompiled charsmap is damaged: 4294967295 bytes of units in 4 bytes"),
    Case(
      ["normalizer": #"{"type": "Precompiled", "precompiled_charsmap": "BAAAAAAAAABh"}"#],
      "the precompiled charsmap is damaged: a replacement has no end"),
    Case(["pre": #"{"type": "Guess"}"#], "uses the pre-tokenizer Guess"),
    Case(["pre": #"{"type": "FixedLength", "length": 0}"#], "FixedLength needs a length above 0"),
    Case(
      ["pre": #"{"type": "CharDelimiterSplit", "delimiter": "ab"}"#],
      "delimiter is not one character"),
    Case(
      ["pre": #"{"type": "Metaspace", "replacement": "▁", "prepend_scheme": "maybe"}"#],
      "Metaspace with add_prefix_space true and prepend_scheme 'maybe'"),
    Case(
      ["pre": #"{"type": "Split", "pattern": {"String": "a"}, "behavior": "Eaten"}"#],
      "uses the behavior Eaten of Split"),
    Case(["post": #"{"type": "Wrap"}"#], "uses the post-processor Wrap"),
    Case(
      [
        "post": #"{"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "[X]"}}, "#
          + #"{"Sequence": {"id": "A"}}], "special_tokens": {}}"#
      ], "the template's token '[X]' is not among its special tokens"),
    Case(
      ["post": #"{"type": "TemplateProcessing", "single": [], "special_tokens": {}}"#],
      "the template for one text must have the sequence A once"),
    Case(
      ["post": #"{"type": "RobertaProcessing", "cls": ["<s>", -3], "sep": ["</s>", 2]}"#],
      "the post-processor names no valid id for 'cls'"),
    Case(["added": "[\(token("x", "-4"))]"], "an added token without a valid id or content"),
    Case(
      [
        "added": "[\(token("X", "4")), \(token("x", "5"))]",
        "normalizer": #"{"type": "Lowercase"}"#,
      ],
      "the added token 'x' is there twice"),
    Case(
      ["added": "[\(token(" ", "4"))]", "normalizer": #"{"type": "Strip", "strip_left": true}"#],
      "added token 4 becomes empty when normalised"),
  ]

  private static func split(_ pattern: String) -> [String: String] {
    let escaped = pattern.replacing("\\", with: "\\\\")
    return [
      "pre": #"{"type": "Split", "pattern": {"Regex": "\#(escaped)"}, "behavior": "Isolated"}"#
    ]
  }

  private static let patterns = [
    Case(split("(a"), "the tokenizer's pattern (a does not compile: missing closing parenthesis"),
    Case(split(#"\K"#), #"'\K' is not run"#), Case(split(#"\p{Klingon}"#), "'Klingon' is not run"),
    Case(split("(?~a)"), "'(?~a' is not run"), Case(split("(?s)a"), "'(?s)' is not run"),
    Case(split("a(?i)b"), "(?i) within a pattern is not run"),
    Case(split("a{1,2}+"), "'+' behind an interval is not run"),
    Case(split("a{2}?"), "'?' behind {n} is not run"),
    Case(split("[^a&&b]"), "a negated intersection of classes is not run"),
    Case(split("[a"), "a class without an end is not run"),
    Case(split("(?i)kiss"), "'ss' without case is not run"),
    Case(
      split("(a+)+$"), "the tokenizer's pattern (a+)+$ takes too many steps on this text",
      text: String(repeating: "a", count: 40) + "b"),
    Case(
      split("(a|aa)+[cd]"), "the tokenizer's pattern (a|aa)+[cd] takes too many steps on this text",
      text: String(repeating: "a", count: 100_000) + "b"),
  ]

  @Test(arguments: models + components + patterns) func refused(_ spoilt: Case) throws {
    let folder = try Fixtures.temporaryFolder()
    try Data(RefusalTests.file(spoilt.parts).utf8).write(
      to: folder.appending(path: "tokenizer.json"))
    let path = folder.path(percentEncoded: false)
    #expect {
      let tokenizer = try Tokenizer.open(folder: path)
      if let text = spoilt.text { _ = try tokenizer.encode(text) }
    } throws: { error in
      let line = "\(error)"
      if !line.contains(spoilt.message) { print("'\(line)' has no '\(spoilt.message)'") }
      return error is TextError && line.contains(spoilt.message) && !line.contains("\n")
    }
  }

  @Test func theUsualFileIsRead() throws {
    let folder = try Fixtures.temporaryFolder()
    try Data(RefusalTests.file([:]).utf8).write(to: folder.appending(path: "tokenizer.json"))
    let tokenizer = try Tokenizer.open(folder: folder.path(percentEncoded: false))
    #expect(try tokenizer.encode("abxa") == [2, 0])
  }
}
