// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathCheckpoint
import Testing

/// What a safetensors file may be, files that change, and our own files read back.
@Suite struct SafetensorsTests {
  typealias Bytes = SafetensorsBytes

  @Test func emptyTensorsScalarsAndPadding() throws {
    let entries = [
      Bytes.entry("z", "F32", "[0,3]", "[4,4]"), Bytes.entry("scalar", "F32", "[]", "[0,4]"),
      Bytes.entry("flags", "BOOL", "[2,2]", "[4,8]"), Bytes.entry("a", "F16", "[0]", "[8,8]"),
    ]
    let text = "{\"__metadata__\":{\"format\":\"pt\"},\(entries.joined(separator: ","))}   "
    let path = try Scratch().write(
      "model.safetensors", Bytes.file(text, data: [0, 0, 128, 63, 1, 0, 1, 0]))
    let source = try TensorSource.safetensors(path)
    #expect(source.tensors.keys.sorted() == ["a", "flags", "scalar", "z"])
    let scalar = try #require(source.tensors["scalar"])
    #expect(scalar.shape == [] && scalar.count == 1 && source.path(of: scalar) == path)
    var value: Float = 0
    try source.load(scalar, rows: 0..<1, into: &value)
    #expect(value == 1)
    #expect(try source.stored(try #require(source.tensors["flags"])) == [1, 0, 1, 0])
    #expect(source.tensors["z"]?.count == 0)
  }

  @Test func typesThatAreDescribedAndNotRead() throws {
    let path = try Scratch().write(
      "model.safetensors", Bytes.file("{\(Bytes.entry("ids", "I64", "[1]", "[0,8]"))}", data: 8))
    let source = try TensorSource.safetensors(path)
    let tensor = try #require(source.tensors["ids"])
    var value: Float = 0
    let error = refusal { () throws(CheckpointError) in
      try source.load(tensor, rows: 0..<1, into: &value)
    }
    #expect(error == .unreadType(tensor: "ids", type: "I64", path: path))
    expectSentence(error, names: path, says: "'ids'", "I64")
  }

  @Test func noFileAndNoFileToRead() throws {
    let scratch = try Scratch()
    let absent = scratch.path("model.safetensors")
    let error = refusal { () throws(CheckpointError) in try TensorSource.safetensors(absent) }
    #expect(error == .missing(path: absent, needed: "check the path"))
    expectSentence(error, names: absent, says: "not found")
    let folder = scratch.folder.path(percentEncoded: false)
    let other = refusal { () throws(CheckpointError) in try TensorSource.safetensors(folder) }
    #expect(other == .unreadable(path: folder, reason: "it is a folder"))
  }

  /// Growing, shrinking and rewriting after opening.
  @Test(arguments: [1, -1, 0]) func aFileThatChanges(_ growth: Int) throws {
    let bytes = Bytes.file(floats: [("t", [2], [1, 2])])
    let path = try Scratch().write("model.safetensors", bytes)
    let source = try TensorSource.safetensors(path)
    let tensor = try #require(source.tensors["t"])
    var values: [Float] = [0, 0]
    try source.load(tensor, rows: 0..<2, into: &values)
    #expect(values == [1, 2])
    Thread.sleep(forTimeInterval: 0.02)
    let handle = try FileHandle(forWritingTo: URL(filePath: path))
    switch growth {
    case 1:
      try handle.seekToEnd()
      try handle.write(contentsOf: [0])
    case -1: try handle.truncate(atOffset: UInt64(bytes.count - 1))
    default: try handle.write(contentsOf: bytes)
    }
    try handle.close()
    let error = refusal { () throws(CheckpointError) in
      try source.load(tensor, rows: 0..<2, into: &values)
    }
    #expect(error == .changed(path: path))
    expectSentence(error, names: path, says: "changed while it was in use")
    #expect(
      refusal { () throws(CheckpointError) in try source.stored(tensor) } == .changed(path: path))
  }

  @Test func writerRoundTrip() throws {
    let scratch = try Scratch()
    let path = scratch.path("out.safetensors")
    let tensors: [(name: String, shape: [Int])] = [
      ("a.weight", [2, 3]), ("empty", [0, 4]), ("\"quoted\"\n", [4]),
    ]
    let values: [String: [Float]] = [
      "a.weight": [1, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 0.1, -7], "empty": [],
      "\"quoted\"\n": [5, 6, 7, 8],
    ]
    let writer = try SafetensorsWriter(path, tensors: tensors)
    for (name, elements) in values {
      try elements.withUnsafeBufferPointer { try writer.write(name, $0) }
    }
    #expect(!FileManager.default.fileExists(atPath: path))
    try writer.finish()
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path) == [
        "out.safetensors"
      ])
    let source = try TensorSource.safetensors(path)
    #expect(source.tensors.count == 3)
    for (name, shape) in tensors {
      let tensor = try #require(source.tensors[name])
      #expect(tensor.shape == shape && tensor.type == .f32)
      let expected = values[name]?.flatMap { $0.bitPattern.littleEndianBytes }
      #expect(try source.stored(tensor) == expected)
      #expect(tensor.bytes.lowerBound % 8 == 0 || name != "a.weight")
    }
  }

  @Test func writerThatGivesUpLeavesNothing() throws {
    let scratch = try Scratch()
    let writer = try SafetensorsWriter(scratch.path("out.safetensors"), tensors: [("a", [2])])
    writer.abandon()
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path).isEmpty)
    #expect(throws: WriteError.self) {
      try SafetensorsWriter(scratch.path("no/such/out.safetensors"), tensors: [])
    }
  }
}
