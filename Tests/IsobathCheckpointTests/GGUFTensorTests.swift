// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import Testing

/// What a GGUF file may say of its tensors, and its typed metadata.
@Suite struct GGUFTensorTests {
  typealias Entry = GGUFBytes.Entry

  @Test func names() throws {
    let long = String(repeating: "n", count: 64)
    try expectGGUF(
      GGUFBytes(tensors: [Entry(name: long)]).bytes, .badTensorName(long), says: "1 to 63 bytes")
    try expectGGUF(
      GGUFBytes(tensors: [Entry(name: "")]).bytes, .badTensorName(""), says: "1 to 63 bytes")
    try expectGGUF(
      GGUFBytes(tensors: [Entry(name: "t"), Entry(name: "t")]).bytes, .duplicateTensor("t"),
      says: "'t' stands twice")
    let longest = String(repeating: "n", count: 63)
    let path = try Scratch().write("model.gguf", GGUFBytes(tensors: [Entry(name: longest)]).bytes)
    #expect(try GGUFFile(path).source.tensors[longest]?.shape == [4])
  }

  @Test(arguments: [5, UInt32.max]) func dimensions(_ count: UInt32) throws {
    let entry = Entry(name: "t", extents: [1, 1, 1, 1, 1], dimensions: count)
    try expectGGUF(
      GGUFBytes(tensors: [entry]).bytes, .dimensions(tensor: "t", count: Int(count)),
      says: "'t' has \(count) dimensions")
  }

  /// No dimension at all is a single number.
  @Test func aScalar() throws {
    let file = GGUFBytes(tensors: [Entry(name: "t", extents: [], bytes: 4)])
    let tensor = try GGUFFile(try Scratch().write("model.gguf", file.bytes)).source.tensors["t"]
    #expect(tensor?.shape == [] && tensor?.count == 1)
  }

  /// A zero would hide that the other factors overflow.
  @Test(
    arguments: [
      [1 << 63], [.max, 1], [1 << 32, 1 << 31], [1 << 40, 1 << 40], [1 << 62, 4],
      [1 << 62, 1, 1, 1 << 62], [0, 1 << 62, 1 << 62], [1 << 61, 1 << 61, 0], [0], [4, 0],
    ] as [[UInt64]])
  func shapesThatCannotBe(_ extents: [UInt64]) throws {
    let bytes = GGUFBytes(tensors: [Entry(name: "t", extents: extents)]).bytes
    try expectGGUF(bytes, says: "tensor 't'") { $0.isShape }
  }

  @Test(
    arguments: [
      (8, 33, 32), (2, 31, 32), (7, 1, 32), (12, 255, 256), (14, 128, 256), (39, 16, 32),
      (40, 32, 64),
    ]
      as [(UInt32, UInt64, Int)])
  func rowsThatAreNoWholeBlocks(_ type: UInt32, _ row: UInt64, _ block: Int) throws {
    let entry = Entry(name: "t", extents: [row, UInt64(block)], type: type, bytes: 100_000)
    try expectGGUF(
      GGUFBytes(tensors: [entry]).bytes,
      .shape(tensor: "t", what: "rows of \(row) elements are no whole blocks of \(block)"),
      says: "tensor 't'", "blocks of \(block)")
  }

  @Test(
    arguments: [
      (9, "Q8_1"), (15, "Q8_K"), (16, "IQ2_XXS"), (34, "TQ1_0"), (41, "Q1_0"), (999, "type 999"),
    ] as [(UInt32, String)])
  func typesThatAreNotRead(_ type: UInt32, _ name: String) throws {
    try expectGGUF(
      GGUFBytes(tensors: [Entry(name: "t", extents: [256], type: type)]).bytes,
      .tensorType(tensor: "t", type: name), says: "'t' is stored as \(name)", "requantise")
  }

  @Test(arguments: [16, 31, 64, 1 << 40, .max] as [UInt64]) func offsets(_ offset: UInt64) throws {
    let tensors = [Entry(name: "a"), Entry(name: "b", offset: offset)]
    try expectGGUF(
      GGUFBytes(tensors: tensors).bytes, .offset(tensor: "b", found: offset, expected: 32),
      says: "'b' is at offset \(offset)", "end at 32")
    let first = GGUFBytes(tensors: [Entry(name: "a", offset: 32)])
    try expectGGUF(first.bytes, .offset(tensor: "a", found: 32, expected: 0), says: "end at 0")
  }

  @Test(arguments: [1, 15, 16]) func dataThatIsMissing(_ missing: Int) throws {
    let file = GGUFBytes(tensors: [Entry(name: "a"), Entry(name: "b")], dataBytes: 48 - missing)
    try expectGGUF(
      file.bytes, .truncated(tensor: "b", missing: missing), says: "\(missing) bytes past the end")
  }

  @Test(arguments: [1, 8, 64, 65_536]) func otherAlignments(_ alignment: Int) throws {
    var file = GGUFBytes(
      tensors: [Entry(name: "a", extents: [2, 3], bytes: 24), Entry(name: "b")],
      alignment: alignment)
    file.add("general.alignment", GGUFBytes.u32(UInt32(alignment)))
    let bytes = file.bytes
    let source = try GGUFFile(try Scratch().write("model.gguf", bytes)).source
    let (a, b) = (try #require(source.tensors["a"]), try #require(source.tensors["b"]))
    // GGUF writes the innermost extent first.
    #expect(a.shape == [3, 2] && b.shape == [4])
    #expect(a.bytes.count == 24 && a.bytes.lowerBound % alignment == 0)
    #expect(b.bytes.lowerBound % alignment == 0 && b.bytes.upperBound == bytes.count)
    #expect(try source.stored(b) == Array(bytes.suffix(16)))
  }

  /// Every type of value, and each getter's answer to another type.
  @Test func metadata() throws {
    var file = GGUFBytes()
    file.add("u8", GGUFBytes.value(0, [255]))
    file.add("i8", GGUFBytes.value(1, [255]))
    file.add("i16", GGUFBytes.value(3, Int16(-2).littleEndianBytes))
    file.add("u32", GGUFBytes.u32(.max))
    file.add("i64", GGUFBytes.value(11, Int64.min.littleEndianBytes))
    file.add("u64", GGUFBytes.value(10, UInt64.max.littleEndianBytes))
    file.add("f32", GGUFBytes.value(6, Float(0.1).bitPattern.littleEndianBytes))
    file.add("f64", GGUFBytes.value(12, Double(0.1).bitPattern.littleEndianBytes))
    file.add("bool", GGUFBytes.value(7, [1]))
    file.add("text", GGUFBytes.value(8, GGUFBytes.string("é")))
    file.add("texts", GGUFBytes.array(8, count: 2, GGUFBytes.string("a") + GGUFBytes.string("")))
    file.add("ints", GGUFBytes.array(5, count: 2, [1, 0, 0, 0, 255, 255, 255, 255]))
    file.add("none", GGUFBytes.array(8, count: 0))
    let gguf = try GGUFFile(try Scratch().write("model.gguf", file.bytes))
    #expect(try gguf.int("u8") == 255)
    #expect(try gguf.int("i8") == -1)
    #expect(try gguf.int("i16") == -2)
    #expect(try gguf.int("u32") == 4_294_967_295)
    #expect(try gguf.int("i64") == Int.min)
    #expect(gguf.metadata["u64"]?.kind == "a number beyond 63 bits")
    #expect(gguf.metadata["f32"]?.double == Double(Float(0.1)))
    #expect(gguf.metadata["f64"]?.double == 0.1)
    #expect(try gguf.bool("bool") == true)
    #expect(try gguf.string("text") == "é")
    #expect(try gguf.strings("texts") == ["a", ""])
    #expect(try gguf.ints("ints") == [1, -1])
    #expect(try gguf.strings("none") == [])
    #expect(try gguf.string("absent") == nil)
    #expect(try gguf.doubles("ints") == [1, -1])
    #expect(try gguf.double("u8") == 255)
    let wrong: [(String, CheckpointError?)] = [
      ("f32", refusal { () throws(CheckpointError) in try gguf.int("f32") }),
      ("u64", refusal { () throws(CheckpointError) in try gguf.int("u64") }),
      ("u8", refusal { () throws(CheckpointError) in try gguf.string("u8") }),
      ("i8", refusal { () throws(CheckpointError) in try gguf.bool("i8") }),
      ("ints", refusal { () throws(CheckpointError) in try gguf.strings("ints") }),
      ("texts", refusal { () throws(CheckpointError) in try gguf.ints("texts") }),
      ("text", refusal { () throws(CheckpointError) in try gguf.ints("text") }),
    ]
    for (key, error) in wrong {
      expectSentence(error, names: gguf.path, says: "'\(key)' is a", "expected")
      guard case .gguf(.wrongType(key, _, _), gguf.path) = error else {
        Issue.record("'\(key)' was refused as \(String(describing: error))")
        continue
      }
    }
  }
}
