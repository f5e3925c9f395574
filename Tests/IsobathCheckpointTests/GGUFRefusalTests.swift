// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import Testing

/// What GGUF files' headers and metadata may not say.
@Suite struct GGUFRefusalTests {
  @Test(arguments: ["G", "GGU", "GGML....", "gguf....", "version 2"])
  func anotherFile(_ text: String) throws {
    let start = Array(text.utf8.prefix(4))
    try expectGGUF(Array(text.utf8), .notGGUF(start: start), says: "does not begin with 'GGUF'")
  }

  @Test func anEmptyFile() throws {
    try expectGGUF([], .notGGUF(start: []), says: "it is empty")
  }

  @Test(arguments: [
    ("version https://git-lfs.github.com/spec/v1", "a git-LFS pointer"),
    ("<!doctype html>", "a web page"),
  ])
  func downloadsOfSomethingElse(_ text: String, _ looksLike: String) throws {
    let path = try Scratch().write("model.gguf", text)
    let error = refusal { () throws(CheckpointError) in try GGUFFile(path) }
    #expect(error == .notWeights(path: path, looksLike: looksLike))
    expectSentence(error, names: path, says: looksLike)
  }

  @Test func bigEndian() throws {
    try expectGGUF(GGUFBytes(version: UInt32(3).byteSwapped).bytes, .bigEndian, says: "big-endian")
  }

  @Test(arguments: [1, 4, 99] as [UInt32]) func otherVersions(_ version: UInt32) throws {
    try expectGGUF(
      GGUFBytes(version: version).bytes, .version(Int(version)),
      says: "version \(version) is not read")
  }

  @Test(arguments: [2, 3] as [UInt32]) func versionsThatAreRead(_ version: UInt32) throws {
    let path = try Scratch().write("model.gguf", GGUFBytes(version: version).bytes)
    let file = try GGUFFile(path)
    #expect(file.version == Int(version) && file.metadata.isEmpty && file.source.tensors.isEmpty)
  }

  @Test func everyPrefixOfTheHeader() throws {
    var file = GGUFBytes(tensors: [GGUFBytes.Entry(name: "t")])
    file.add("general.name", GGUFBytes.value(8, GGUFBytes.string("x")))
    file.add("list", GGUFBytes.array(5, count: 2, [UInt8](repeating: 1, count: 8)))
    let bytes = file.bytes
    let scratch = try Scratch()
    for length in 0..<bytes.count {
      let path = try scratch.write("model.gguf", Array(bytes.prefix(length)))
      let error = refusal { () throws(CheckpointError) in try GGUFFile(path) }
      expectSentence(error, names: path, says: "GGUF")
    }
    _ = try GGUFFile(try scratch.write("model.gguf", bytes))
  }

  @Test(arguments: [-1, Int64.min, Int64.max, 1 << 40]) func counts(_ count: Int64) throws {
    let sentence = "\(count) is not a possible number of"
    try expectGGUF(
      GGUFBytes(tensorCount: count).bytes, .badCount(what: "tensors", found: count), says: sentence)
    try expectGGUF(
      GGUFBytes(keyCount: count).bytes, .badCount(what: "keys", found: count), says: sentence)
  }

  @Test func moreThanTheFileHolds() throws {
    try expectGGUF(Array(GGUFBytes(tensorCount: 2).bytes.prefix(24)), says: "past the end") {
      $0.isPastEnd
    }
    try expectGGUF(Array(GGUFBytes(keyCount: 2).bytes.prefix(24)), says: "past the end") {
      $0.isPastEnd
    }
  }

  @Test(arguments: [100, 1 << 62, UInt64(Int.max), 1 << 63, .max] as [UInt64])
  func lengthsPastTheEnd(_ length: UInt64) throws {
    var text = GGUFBytes()
    text.add("k", GGUFBytes.value(8, length.littleEndianBytes))
    try expectGGUF(text.bytes, says: "'k' at byte", "past the end") { $0.isPastEnd }
    for type in [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12] as [UInt32] {
      var list = GGUFBytes()
      list.add("k", GGUFBytes.array(type, count: length))
      try expectGGUF(list.bytes, says: "'k' at byte", "past the end") { $0.isPastEnd }
    }
    var key = GGUFBytes(keyCount: 1)
    key.keys = []
    let bytes = key.bytes.prefix(24) + length.littleEndianBytes + [UInt8](repeating: 0, count: 20)
    try expectGGUF(Array(bytes), says: "key 0 at byte") { $0.isPastEnd }
  }

  @Test(arguments: [13, 14, 255, UInt32.max]) func valueTypes(_ type: UInt32) throws {
    var file = GGUFBytes()
    file.add("k", GGUFBytes.value(type, [0, 0, 0, 0, 0, 0, 0, 0]))
    let problem = GGUFProblem.valueType(key: "k", type: Int(type))
    try expectGGUF(file.bytes, problem, says: "'k' has value type \(type)")
    file.keys = []
    file.add("k", GGUFBytes.array(type, count: 0))
    try expectGGUF(file.bytes, problem, says: "'k' has value type \(type)")
  }

  @Test func nestedArrays() throws {
    var file = GGUFBytes()
    file.add("k", GGUFBytes.array(9, count: 1, [4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]))
    try expectGGUF(file.bytes, .nestedArray(key: "k"), says: "'k' is an array of arrays")
  }

  @Test func aBoolOfSeven() throws {
    for value in [GGUFBytes.value(7, [7]), GGUFBytes.array(7, count: 2, [1, 7])] {
      var file = GGUFBytes()
      file.add("k", value)
      try expectGGUF(file.bytes, .badBool(key: "k", value: 7), says: "bool with the value 7")
    }
  }

  @Test func keys() throws {
    var twice = GGUFBytes()
    twice.add("k", GGUFBytes.u32(1))
    twice.add("k", GGUFBytes.u32(1))
    try expectGGUF(twice.bytes, .duplicateKey("k"), says: "'k' stands twice")
    var empty = GGUFBytes()
    empty.add("", GGUFBytes.u32(1))
    try expectGGUF(empty.bytes, .badKey(""), says: "is not a key")
    var long = GGUFBytes()
    long.add(String(repeating: "x", count: 65_536), GGUFBytes.u32(1))
    try expectGGUF(long.bytes, .badKey(String(repeating: "x", count: 80)), says: "is not a key")
    var wrong = GGUFBytes()
    wrong.keys = [([0x6B, 0xFF], GGUFBytes.u32(1))]
    try expectGGUF(wrong.bytes, .badKey("k\u{FFFD}"), says: "is not a key")
    var text = GGUFBytes()
    text.add("k", GGUFBytes.value(8, UInt64(1).littleEndianBytes + [0xFF]))
    try expectGGUF(text.bytes, .notUTF8(what: "'k'"), says: "'k' is not UTF-8")
  }

  @Test(arguments: [0, 3, 33, 65_537, 131_072, 1 << 31] as [UInt32])
  func alignments(_ alignment: UInt32) throws {
    var file = GGUFBytes()
    file.add("general.alignment", GGUFBytes.u32(alignment))
    try expectGGUF(file.bytes, .alignment(Int(alignment)), says: "alignment \(alignment) is not")
  }

  @Test func anAlignmentThatIsNoNumber() throws {
    var file = GGUFBytes()
    file.add("general.alignment", GGUFBytes.value(8, GGUFBytes.string("32")))
    try expectGGUF(
      file.bytes,
      .wrongType(key: "general.alignment", found: "a string", expected: "a whole number"),
      says: "'general.alignment' is a string")
  }
}

/// Fails unless the bytes are refused with this problem, in a sentence that names the file.
func expectGGUF(
  _ bytes: [UInt8], _ problem: GGUFProblem, says parts: String...,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let path = try Scratch().write("model.gguf", bytes)
  let error = refusal(sourceLocation: sourceLocation) { () throws(CheckpointError) in
    try GGUFFile(path)
  }
  #expect(error == .gguf(problem, path: path), sourceLocation: sourceLocation)
  for part in parts {
    expectSentence(error, names: path, says: part, sourceLocation: sourceLocation)
  }
}

func expectGGUF(
  _ bytes: [UInt8], says parts: String..., sourceLocation: SourceLocation = #_sourceLocation,
  _ isExpected: (GGUFProblem) -> Bool
) throws {
  let path = try Scratch().write("model.gguf", bytes)
  let error = refusal(sourceLocation: sourceLocation) { () throws(CheckpointError) in
    try GGUFFile(path)
  }
  guard case .gguf(let problem, path) = error, isExpected(problem) else {
    Issue.record("refused as \(String(describing: error))", sourceLocation: sourceLocation)
    return
  }
  for part in parts {
    expectSentence(error, names: path, says: part, sourceLocation: sourceLocation)
  }
}

extension GGUFProblem {
  var isPastEnd: Bool { if case .pastEnd = self { true } else { false } }
  var isShape: Bool { if case .shape = self { true } else { false } }
}
