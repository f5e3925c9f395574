// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathCheckpoint
import Testing

/// Arrays of GGUF metadata, which stay in the file until somebody asks for them.
@Suite struct GGUFArrayTests {
  private func open(_ entries: [(String, [UInt8])]) throws -> GGUFFile {
    var file = GGUFBytes()
    for (key, value) in entries { file.add(key, value) }
    return try GGUFFile(try Scratch().write("model.gguf", file.bytes))
  }

  /// Minus one, or the largest number where there is none below zero.
  @Test(
    arguments: [
      (0, 1, 255), (1, 1, -1), (2, 2, 65_535), (3, 2, -1), (4, 4, 4_294_967_295), (5, 4, -1),
      (11, 8, -1),
    ] as [(UInt32, Int, Int)])
  func wholeNumbers(_ type: UInt32, _ size: Int, _ expected: Int) throws {
    let bytes = [7] + [UInt8](repeating: 0, count: size - 1) + [UInt8](repeating: 255, count: size)
    let file = try open([("k", GGUFBytes.array(type, count: 2, bytes))])
    #expect(try file.ints("k") == [7, expected])
    #expect(try file.doubles("k") == [7, Double(expected)])
    #expect(file.settings["k"] == .list([.number(7), .number(Double(expected))]))
  }

  @Test func numbersBeyond63Bits() throws {
    let bytes = UInt64(5).littleEndianBytes + UInt64.max.littleEndianBytes
    let file = try open([("k", GGUFBytes.array(10, count: 2, bytes))])
    let error = refusal { () throws(CheckpointError) in try file.ints("k") }
    expectSentence(error, names: file.path, says: "'k' is an array of whole numbers", "of 63 bits")
    #expect(file.settings["k"] == .list([.beyond, .beyond]))
    #expect(try open([("k", GGUFBytes.array(10, count: 1, bytes))]).ints("k") == [5])
  }

  @Test func otherElements() throws {
    let file = try open([
      ("f32", GGUFBytes.array(6, count: 1, Float(0.1).bitPattern.littleEndianBytes)),
      ("f64", GGUFBytes.array(12, count: 1, Double(0.1).bitPattern.littleEndianBytes)),
      ("bools", GGUFBytes.array(7, count: 2, [1, 0])),
      ("texts", GGUFBytes.array(8, count: 2, GGUFBytes.string("é") + GGUFBytes.string(""))),
      ("number", GGUFBytes.u32(3)),
    ])
    #expect(try file.doubles("f32") == [Double(Float(0.1))])
    #expect(try file.doubles("f64") == [0.1])
    #expect(file.settings["bools"] == .list([.bool(true), .bool(false)]))
    #expect(file.settings["texts"] == .list([.string("é"), .string("")]))
    #expect(try file.double("number") == 3)
    let wrong: [CheckpointError?] = [
      refusal { () throws(CheckpointError) in try file.doubles("texts") },
      refusal { () throws(CheckpointError) in try file.ints("f32") },
      refusal { () throws(CheckpointError) in try file.strings("number") },
      refusal { () throws(CheckpointError) in try file.double("bools") },
    ]
    for (error, says) in zip(wrong, ["'texts' is", "'f32' is", "'number' is", "'bools' is"]) {
      expectSentence(error, names: file.path, says: says, "expected")
    }
  }

  /// A token that is no text spoils the tokenizer, not the weights.
  @Test func aVocabularyIsCheckedWhenItIsAskedFor() throws {
    let texts = GGUFBytes.string("a") + UInt64(2).littleEndianBytes + [0xC3, 0x28]
    let tokens = GGUFBytes.array(8, count: 2, texts)
    let file = try open([("tokenizer.ggml.tokens", tokens)])
    #expect(file.settings.isEmpty)
    let error = refusal { () throws(CheckpointError) in try file.strings("tokenizer.ggml.tokens") }
    let problem = GGUFProblem.notUTF8(what: "'tokenizer.ggml.tokens', element 1,")
    #expect(error == .gguf(problem, path: file.path))
    expectSentence(error, names: file.path, says: "element 1, is not UTF-8")
    var setting = GGUFBytes()
    setting.add("k", tokens)
    try expectGGUF(setting.bytes, .notUTF8(what: "'k'"), says: "'k' is not UTF-8")
  }

  @Test func aStringThatReachesBeyondTheFile() throws {
    var file = GGUFBytes()
    let texts = GGUFBytes.string("a b") + UInt64(1 << 62).littleEndianBytes
    file.add("tokenizer.ggml.merges", GGUFBytes.array(8, count: 2, texts))
    try expectGGUF(file.bytes, says: "'tokenizer.ggml.merges' at byte") { $0.isPastEnd }
  }

  @Test func longArraysOutsideAVocabulary() throws {
    let list = GGUFBytes.array(0, count: 65_537, [UInt8](repeating: 1, count: 65_537))
    var file = GGUFBytes()
    file.add("llama.list", list)
    try expectGGUF(
      file.bytes, .longArray(key: "llama.list", count: 65_537, limit: 65_536),
      says: "'llama.list' has 65537 elements")
    #expect(try open([("tokenizer.list", list)]).ints("tokenizer.list")?.count == 65_537)
  }

  /// The file is as long as its header says, and nobody has that much to say.
  @Test func aHeaderOfHundredsOfMegabytes() throws {
    var file = GGUFBytes()
    file.add("k", GGUFBytes.value(8, UInt64(200 << 20).littleEndianBytes))
    let path = try Scratch().write("model.gguf", file.bytes)
    let handle = try FileHandle(forWritingTo: URL(filePath: path))
    try handle.truncate(atOffset: 300 << 20)
    try handle.close()
    let error = refusal { () throws(CheckpointError) in try GGUFFile(path) }
    #expect(error == .gguf(.longHeader(limit: 1 << 27), path: path))
    expectSentence(error, names: path, says: "header is longer than 134217728 bytes")
  }

  @Test func aFileThatChangesBeforeItIsAsked() throws {
    var bytes = GGUFBytes()
    bytes.add("tokenizer.ggml.tokens", GGUFBytes.array(8, count: 1, GGUFBytes.string("a")))
    let path = try Scratch().write("model.gguf", bytes.bytes)
    let file = try GGUFFile(path)
    #expect(try file.strings("tokenizer.ggml.tokens") == ["a"])
    let handle = try FileHandle(forWritingTo: URL(filePath: path))
    try handle.truncate(atOffset: 0)
    try handle.close()
    let error = refusal { () throws(CheckpointError) in try file.strings("tokenizer.ggml.tokens") }
    #expect(error == .changed(path: path))
  }

  /// Messages show keys and names: nothing in them may steer a terminal.
  @Test func controlCharacters() throws {
    var key = GGUFBytes()
    key.add("a\u{1B}[2J", GGUFBytes.u32(1))
    try expectGGUF(key.bytes, says: "is not a key") { $0 == .badKey("a\u{1B}[2J") }
    let name = GGUFBytes(tensors: [GGUFBytes.Entry(name: "t\n")])
    try expectGGUF(name.bytes, .badTensorName("t\n"), says: "without control characters")
  }

  @Test func versionZero() throws {
    try expectGGUF(GGUFBytes(version: 0).bytes, .version(0), says: "version 0 is not read")
  }

  /// What is after the last tensor belongs to nobody.
  @Test func bytesAfterTheLastTensor() throws {
    let file = GGUFBytes(tensors: [GGUFBytes.Entry(name: "t")], dataBytes: 1000)
    let path = try Scratch().write("model.gguf", file.bytes)
    #expect(try GGUFFile(path).source.tensors["t"]?.bytes.count == 16)
  }
}
