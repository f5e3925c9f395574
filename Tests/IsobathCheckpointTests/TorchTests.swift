// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathCheckpoint
import IsobathJSON
import IsobathLinear
import IsobathTestSupport
import Testing

/// Checkpoints that torch wrote, against what torch reads in them.
@Suite struct TorchTests {
  static let worst = WorstError("PyTorch tensors, bytes", tolerance: Tolerance.storedBytes)

  private func fixture(_ name: String) throws -> TensorSource {
    try TensorSource.torch(Fixtures.path("torch/\(name).bin"))
  }

  /// Views, transposed and spread ones, shared storages, every type, none and one element.
  @Test func everyShape() throws {
    let source = try fixture("tensors")
    let reference = try TensorSource.safetensors(Fixtures.path("torch/tensors.safetensors"))
    #expect(source.tensors.keys.sorted() == reference.tensors.keys.sorted())
    #expect(source.notes.isEmpty)
    for (name, expected) in reference.tensors {
      let tensor = try #require(source.tensors[name])
      #expect(tensor.type == expected.type && tensor.shape == expected.shape, "\(name)")
      let (found, wanted) = (try source.stored(tensor), try reference.stored(expected))
      #expect(found.count == wanted.count, "\(name)")
      Self.worst.record(Double(zip(found, wanted).count { $0 != $1 }), at: name)
    }
    Self.worst.check()
    let strided = source.tensors.values.filter { $0.strides != nil }.map(\.name).sorted()
    #expect(
      strided == [
        "columns", "cube", "every.other", "expanded", "half.transposed", "one.wide", "transposed",
      ])
    #expect(source.tensors["tied.a"]?.bytes == source.tensors["tied.b"]?.bytes)
  }

  /// Converted to float32, whole and row by row, the way models read.
  @Test func loading() throws {
    let source = try fixture("tensors")
    let reference = try TensorSource.safetensors(Fixtures.path("torch/tensors.safetensors"))
    for (name, expected) in reference.tensors
    where ["F32", "F16", "BF16", "F64"].contains(expected.type.name) {
      let tensor = try #require(source.tensors[name])
      let rows = 0..<(tensor.shape.first ?? 1)
      let wanted = try floats(reference, expected, rows)
      #expect(try floats(source, tensor, rows) == wanted, "\(name)")
      let single = try rows.flatMap { try floats(source, tensor, $0..<($0 + 1)) }
      #expect(single == wanted, "\(name), row by row")
    }
  }

  private func floats(_ source: TensorSource, _ tensor: TensorInfo, _ rows: Range<Int>) throws
    -> [Float]
  {
    let row = tensor.shape.dropFirst().reduce(1, *)
    return try [Float](unsafeUninitializedCapacity: max(1, rows.count * row)) { buffer, count in
      try source.load(tensor, rows: rows, into: try #require(buffer.baseAddress))
      count = rows.count * row
    }
  }

  /// More elements than one task takes, in the order of a transposed storage.
  @Test func aLargeTransposedTensor() throws {
    let (rows, columns) = (700, 900)
    let data = (0..<(rows * columns)).flatMap { Float($0).bitPattern.littleEndianBytes }
    let tensor = PickleBytes.tensor(
      PickleBytes.storage("FloatStorage", "0", rows * columns), shape: [columns, rows],
      strides: [1, columns])
    let zip = ZipBytes.checkpoint(PickleBytes.file("t", tensor), [("0", data)])
    let source = try TensorSource.torch(try Scratch().write("m.bin", zip.bytes))
    let elements = try Weights(source, loads: true).matrix("t", columns, rows).elements
    let wrong = (0..<(rows * columns)).count {
      elements[$0] != Float($0 % rows * columns + $0 / rows)
    }
    #expect(wrong == 0)
  }

  @Test(arguments: ["dict", "no-checksums", "with-number", "training", "legacy"])
  func formsOfTheSameWeights(_ name: String) throws {
    let weights = Weights(try fixture(name), loads: true)
    #expect(try weights.vector("a", 2) == [1, 2])
    #expect(try weights.matrix("b", 1, 1).elements == [3])
    #expect(weights.unused.isEmpty)
  }

  /// What is left out is said.
  @Test func notes() throws {
    #expect(try fixture("dict").notes.isEmpty && fixture("module").notes.isEmpty)
    #expect(try fixture("with-number").notes == ["'step' is a number, not a tensor"])
    let notes = try fixture("training").notes
    #expect(notes.contains("'optimizer' is a dict, not a tensor"))
    #expect(notes.contains("'best' is None, not a tensor"))
    #expect(notes.count == 7)
    let folder = try Scratch()
    try folder.write("config.json", "{}")
    try folder.write("pytorch_model.bin", [UInt8](Fixtures.data("torch/with-number.bin")))
    let path = folder.folder.path(percentEncoded: false)
    #expect(try Checkpoint.open(path).notes.count == 1)
  }

  /// Types that exist and are not computed with are described, and refused by name when asked for.
  @Test func newTypes() throws {
    let source = try fixture("new-types")
    #expect(source.tensors["f8"]?.type.name == "F8_E4M3" && source.tensors["f8"]?.shape == [2])
    #expect(source.tensors["u16"]?.type.name == "U16" && source.tensors["u16"]?.shape == [3])
    let weights = Weights(source, loads: true)
    #expect(try weights.vector("f32", 2) == [1, 1])
    let error = refusal { () throws(CheckpointError) in try weights.vector("f8", 2) }
    let path = Fixtures.path("torch/new-types.bin")
    #expect(error == .unreadType(tensor: "f8", type: "F8_E4M3", path: path))
  }

  @Test(arguments: ["llama-bin", "gpt2-bin-legacy"]) func wholeModels(_ folder: String) throws {
    let checkpoint = try Checkpoint.open(Fixtures.path("tiny/\(folder)"))
    #expect(checkpoint.format.name == "PyTorch" && checkpoint.files.count == 1)
    let root = try JSONDocument([UInt8](Fixtures.data("torch/digests.json"))).root
    let expected = try #require(root[folder])
    #expect(checkpoint.source.tensors.count == expected.count)
    let types = ["float32": "F32", "bool": "BOOL", "uint8": "U8"]
    for (name, entry) in expected.members {
      let tensor = try #require(checkpoint.source.tensors[name])
      #expect(tensor.shape == entry["shape"]?.elements.compactMap(\.int))
      #expect(tensor.type.name == types[entry["type"]?.string ?? ""])
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      for byte in try checkpoint.source.stored(tensor) {
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
      }
      let digest = String(hash, radix: 16)
      let padded = String(repeating: "0", count: 16 - digest.count) + digest
      #expect(padded == entry["digest"]?.string, "\(name)")
    }
  }

  @Test func shards() throws {
    let checkpoint = try Checkpoint.open(Fixtures.path("torch/sharded"))
    #expect(checkpoint.format.name == "PyTorch" && checkpoint.files.count == 2)
    #expect(checkpoint.source.tensors.keys.sorted() == ["embed", "head", "mask", "w"])
    let weights = Weights(checkpoint.source, loads: true)
    #expect(try weights.matrix("head", 2, 3).elements == [0, 1, 2, 3, 4, 5])
  }

  /// A checkpoint with both is read from its safetensors.
  @Test func safetensorsComeFirst() throws {
    let both = try Scratch()
    try both.write("config.json", "{}")
    try both.write("model.safetensors", SafetensorsBytes.file(floats: [("s", [1], [1])]))
    try both.write("pytorch_model.bin", "not even looked at")
    let checkpoint = try Checkpoint.open(both.folder.path(percentEncoded: false))
    #expect(checkpoint.format.name == "safetensors")
    #expect(checkpoint.source.tensors.keys.sorted() == ["s"])
  }
}
