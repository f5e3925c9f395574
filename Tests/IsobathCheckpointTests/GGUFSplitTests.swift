// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathCheckpoint
import IsobathTestSupport
import Testing

/// Models in several GGUF files: found through any of them, and checked against each other.
@Suite struct GGUFSplitTests {
  /// Two parts with a tensor each, of which a test may falsify any.
  struct Split {
    let scratch: Scratch
    var parts: [GGUFBytes]

    init() throws {
      scratch = try Scratch()
      parts = (0..<2).map { index in
        GGUFBytes(tensors: [GGUFBytes.Entry(name: ["a", "b"][index])])
      }
      for index in 0..<2 { number(index, UInt16(index), 2, tensors: 2) }
      parts[0].add("general.architecture", GGUFBytes.value(8, GGUFBytes.string("llama")))
    }

    mutating func number(_ part: Int, _ number: UInt16, _ count: UInt16, tensors: UInt32?) {
      parts[part].keys.removeAll { String(decoding: $0.key, as: UTF8.self).hasPrefix("split.") }
      parts[part].add("split.no", GGUFBytes.value(2, number.littleEndianBytes))
      parts[part].add("split.count", GGUFBytes.value(2, count.littleEndianBytes))
      if let tensors { parts[part].add("split.tensors.count", GGUFBytes.u32(tensors)) }
    }

    func path(_ number: Int) -> String { scratch.path("m-0000\(number)-of-00002.gguf") }

    func write() throws {
      for (index, part) in parts.enumerated() {
        try scratch.write("m-0000\(index + 1)-of-00002.gguf", part.bytes)
      }
    }
  }

  /// Fails unless opening the part is refused so, in a sentence that names a file of the model.
  private func expect(
    _ split: Split, _ problem: GGUFProblem, in file: Int, through part: Int = 1, says: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try split.write()
    let error = refusal(sourceLocation: sourceLocation) { () throws(CheckpointError) in
      try GGUFFile(split.path(part))
    }
    #expect(error == .gguf(problem, path: split.path(file)), sourceLocation: sourceLocation)
    expectSentence(
      error, names: split.path(file), says: says, sourceLocation: sourceLocation)
  }

  @Test(arguments: 1...3) func whatTheReferenceWrote(_ part: Int) throws {
    let path = Fixtures.path("gguf/split/model-0000\(part)-of-00003.gguf")
    let checkpoint = try Checkpoint.open(path)
    #expect(checkpoint.path == path && checkpoint.files.count == 3)
    #expect(checkpoint.files.map(\.path) == checkpoint.files.map(\.path).sorted())
    #expect(try checkpoint.digests().count == 3)
    let file = try GGUFFile(path)
    #expect(file.path.hasSuffix("model-00001-of-00003.gguf"))
    #expect(try file.strings("tokenizer.ggml.tokens") == ["a", "b"])
    #expect(try file.int("llama.block_count") == 1)
    for number in 0..<5 {
      let tensor = try #require(checkpoint.source.tensors["t\(number)"])
      #expect(tensor.shape == [number + 1, 2] && tensor.file == number / 2)
      let values = (0..<(2 * (number + 1))).map { Float($0 + number) }
      #expect(
        try checkpoint.source.stored(tensor) == values.flatMap(\.bitPattern.littleEndianBytes))
    }
  }

  /// A model that was merged, or never split, says so with 0 or 1.
  @Test(arguments: [0, 1] as [UInt16]) func oneOfOne(_ count: UInt16) throws {
    var file = GGUFBytes(tensors: [GGUFBytes.Entry(name: "t")])
    file.add("split.count", GGUFBytes.value(2, count.littleEndianBytes))
    #expect(try GGUFFile(try Scratch().write("m.gguf", file.bytes)).source.tensors.count == 1)
  }

  @Test func aMissingPart() throws {
    let split = try Split()
    try split.write()
    try FileManager.default.removeItem(atPath: split.path(2))
    let error = refusal { () throws(CheckpointError) in try GGUFFile(split.path(1)) }
    #expect(error == .gguf(.missingPart("m-00002-of-00002.gguf"), path: split.path(1)))
    expectSentence(error, names: split.path(1), says: "'m-00002-of-00002.gguf' is missing")
  }

  @Test(
    arguments: [
      "m.gguf", "m-00001-of-00003.gguf", "m-00000-of-00002.gguf", "m-00003-of-00002.gguf",
      "m-1-of-2.gguf", "m-+0001-of-00002.gguf", "00001-of-00002.gguf", "m-00001-of-00002.GGUF",
    ])
  func otherNames(_ name: String) throws {
    let path = try Split().scratch.write(name, try Split().parts[0].bytes)
    let error = refusal { () throws(CheckpointError) in try GGUFFile(path) }
    let expected = "<name>-00001-of-00002.gguf"
    #expect(error == .gguf(.partName(count: 2, expected: expected), path: path))
    expectSentence(error, names: path, says: "one of 2 parts", expected)
  }

  @Test func otherNumbers() throws {
    for (number, count) in [(0, 2), (2, 2), (1, 3), (1, 1), (.max, .max)] as [(UInt16, UInt16)] {
      var split = try Split()
      split.number(1, number, count, tensors: 2)
      try expect(
        split,
        .partNumber(found: Int(number) + 1, of: Int(count), name: 2, count: 2), in: 2,
        says: "part \(Int(number) + 1) of \(count), and its name says 2 of 2")
    }
    var silent = try Split()
    silent.parts[1].keys = []
    try expect(
      silent, .partNumber(found: nil, of: nil, name: 2, count: 2), in: 2, says: "an unknown number")
    var first = try Split()
    first.number(0, 1, 2, tensors: 2)
    try expect(
      first, .partNumber(found: 2, of: 2, name: 1, count: 2), in: 1, through: 2,
      says: "part 2 of 2, and its name says 1 of 2")
  }

  @Test func numbersThatAreNone() throws {
    var text = try Split()
    text.parts[0].keys = []
    text.parts[0].add("split.count", GGUFBytes.value(8, GGUFBytes.string("2")))
    try expect(
      text, .wrongType(key: "split.count", found: "a string", expected: "a whole number"), in: 1,
      says: "'split.count' is a string")
    var negative = try Split()
    negative.parts[0].keys = []
    negative.parts[0].add("split.count", GGUFBytes.value(5, Int32(-2).littleEndianBytes))
    try expect(
      negative, .badCount(what: "parts", found: -2), in: 1, says: "-2 is not a possible number")
    var large = try Split()
    large.parts[0].keys = []
    large.parts[0].add("split.count", GGUFBytes.value(11, Int64.max.littleEndianBytes))
    let expected = "<name>-00001-of-\(Int64.max).gguf"
    try expect(
      large, .partName(count: Int(Int64.max), expected: expected), in: 1, says: expected)
    var extreme = try Split()
    extreme.parts[1].keys[0].value = GGUFBytes.value(11, Int64.max.littleEndianBytes)
    try expect(
      extreme, .partNumber(found: .min, of: 2, name: 2, count: 2), in: 2, says: "name says 2 of 2")
  }

  @Test func aTensorInTwoParts() throws {
    var split = try Split()
    split.parts[1].tensors[0].name = "a"
    try expect(
      split, .inTwoParts("a", "m-00001-of-00002.gguf", "m-00002-of-00002.gguf"), in: 2,
      says: "is in both")
  }

  @Test(arguments: [nil, 0, 1, 3, .max] as [UInt32?]) func otherCounts(_ claimed: UInt32?) throws {
    for part in 0..<2 {
      var split = try Split()
      split.number(part, UInt16(part), 2, tensors: claimed)
      try expect(
        split, .partTensors(claimed: claimed.map(Int.init), found: 2), in: part + 1,
        says: "and they hold 2")
    }
  }

  @Test func partsOfDifferentModels() throws {
    var split = try Split()
    split.parts[1].add("general.architecture", GGUFBytes.value(8, GGUFBytes.string("llama")))
    try split.write()
    #expect(try GGUFFile(split.path(2)).source.tensors.count == 2)
    split.parts[1].keys.removeLast()
    split.parts[1].add("general.architecture", GGUFBytes.value(8, GGUFBytes.string("gpt2")))
    try expect(split, .partKey("general.architecture"), in: 2, says: "of different models")
    split.parts[1].keys.removeLast()
    split.parts[1].add("new", GGUFBytes.u32(1))
    try expect(split, .partKey("new"), in: 2, says: "'new' is not what the first part says")
  }

  @Test func aDamagedPartIsNamed() throws {
    var split = try Split()
    split.parts[1].dataBytes = 3
    try expect(
      split, .truncated(tensor: "b", missing: 13), in: 2, through: 1, says: "13 bytes past the end")
  }
}
