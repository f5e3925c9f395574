// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathJSON
import IsobathTestSupport

/// A folder with the tiny Llama, 64 positions and 160 tokens, and a byte-level tokenizer for ASCII.
struct TinyModel {
  let folder: URL

  /// The tokens: the printable bytes of ASCII in their order, then the tab and the line's end.
  static let alphabet = (32...126).map { UInt8($0) } + [9, 10]

  /// - Parameters:
  ///   - fixture: the folder in `Tests/Fixtures/tiny`.
  ///   - parent: where the folder `model` is made, a new place by default.
  init(_ fixture: String = "llama-gqa-tied", in parent: URL? = nil) throws {
    let parent = try parent ?? Fixtures.temporaryFolder("isobath-model")
    folder = parent.appending(path: "model")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let source = URL(filePath: Fixtures.path("tiny/\(fixture)"))
    for name in try FileManager.default.contentsOfDirectory(atPath: source.text)
    where !name.hasPrefix("expected") && !name.hasPrefix("config.legacy") {
      // Read and written, so that the copy may be changed whatever the original's permissions are.
      try Data(contentsOf: source.appending(path: name)).write(to: folder.appending(path: name))
    }
    let tokens = TinyModel.alphabet.enumerated().map { id, byte in
      (TinyModel.visible(byte), JSONValue.int(id))
    }
    try write("vocab.json", JSONValue.object(tokens).serialized())
    try write("merges.txt", "#version: 0.2\n")
  }

  var path: String { folder.text }

  /// GPT-2's visible letter for a byte of the alphabet.
  private static func visible(_ byte: UInt8) -> String {
    switch byte {
    case 32: "\u{120}"
    case 9: "\u{109}"
    case 10: "\u{10A}"
    default: String(UnicodeScalar(byte))
    }
  }

  func read(_ name: String) throws -> Data {
    try Data(contentsOf: folder.appending(path: name))
  }

  func write(_ name: String, _ data: Data) throws {
    try data.write(to: folder.appending(path: name))
  }

  func write(_ name: String, _ text: String) throws { try write(name, Data(text.utf8)) }

  func remove(_ name: String) throws {
    try FileManager.default.removeItem(at: folder.appending(path: name))
  }

  /// Replaces words in one of the folder's texts; they must be there.
  func replace(_ old: String, with new: String, in name: String = "config.json") throws {
    let text = String(decoding: try read(name), as: UTF8.self)
    guard text.contains(old) else { throw NotThere(words: old, file: name) }
    try write(name, text.replacingOccurrences(of: old, with: new))
  }

  /// The fixture is not what the test takes it for.
  struct NotThere: Error {
    let words: String
    let file: String
  }
}

/// Corpora that tests write.
enum Texts {
  private static let words = """
    the cat sat on a mat and looked at the moon while rain fell over dark quiet hills of grass
    """.split(separator: " ")

  /// Documents of 20 words, the same ones for the same seed.
  static func documents(_ count: Int, seed: UInt64 = 1, words: Int = 20) -> [String] {
    var random = Seeded(seed: seed)
    return (0..<count).map { _ in
      (0..<words).map { _ in
        String(Texts.words[Int.random(in: Texts.words.indices, using: &random)])
      }.joined(separator: " ")
    }
  }

  /// One JSON object a line.
  static func lines(_ texts: [String]) -> String {
    texts.map { JSONValue.object([("text", .string($0))]).serialized() + "\n" }.joined()
  }

  /// Writes `corpus.jsonl` in a folder.
  static func write(_ texts: [String], in folder: URL) throws -> String {
    let file = folder.appending(path: "corpus.jsonl")
    try Data(lines(texts).utf8).write(to: file)
    return file.text
  }
}

/// SplitMix64: the same numbers on every machine.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
