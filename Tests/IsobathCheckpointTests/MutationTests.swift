// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathCheckpoint
import IsobathTestSupport
import Testing

/// Damaged files open or are refused with a `CheckpointError` that names them; nothing crashes.
@Suite struct MutationTests {
  private static let rounds = 4000

  private static let safetensors = SafetensorsBytes.file(floats: [
    ("a.weight", [2, 3], [1, 2, 3, 4, 5, 6]), ("b", [4], [7, 8, 9, 10]), ("empty", [0, 2], []),
  ])

  private static var gguf: [UInt8] {
    var file = GGUFBytes(tensors: [
      GGUFBytes.Entry(name: "token_embd.weight", extents: [4, 2], bytes: 32),
      GGUFBytes.Entry(name: "q", extents: [32], type: 8, bytes: 34),
    ])
    file.add("general.architecture", GGUFBytes.value(8, GGUFBytes.string("llama")))
    file.add("general.alignment", GGUFBytes.u32(32))
    file.add("list", GGUFBytes.array(8, count: 2, GGUFBytes.string("a") + GGUFBytes.string("bc")))
    file.add("flag", GGUFBytes.value(7, [1]))
    return file.bytes
  }

  @Test func safetensors() throws {
    try run(Self.safetensors, "model.safetensors") { path throws(CheckpointError) in
      try TensorSource.safetensors(path)
    }
  }

  @Test func gguf() throws {
    try run(Self.gguf, "model.gguf") { path throws(CheckpointError) in
      try Checkpoint.open(path).source
    }
  }

  /// Without a checksum, so that the pickle's damage is met by its own reader.
  private static var torch: [UInt8] {
    typealias P = PickleBytes
    let view = P.tensor(offset: 1, shape: [2, 1], strides: [1, 2])
    let numbers = P.tensor(P.storage("ByteStorage", "1", 5), shape: [5])
    let table = P.dict([
      (P.text("a"), P.tensor() + P.put(1)), (P.text("b"), view), (P.text("c"), numbers),
      (P.text("a.again"), P.get(1)), (P.text("n"), P.emptyList + P.mark + P.none + [0x65]),
    ])
    let one = Float(1).bitPattern.littleEndianBytes
    var zip = ZipBytes.checkpoint(
      P.file(table), [("0", one + one + one + one), ("1", [1, 2, 3, 4, 5])])
    zip.entries[0].checksum = 0
    zip.isWide = true
    return zip.bytes
  }

  @Test func torch() throws {
    try run(Self.torch, "pytorch_model.bin") { path throws(CheckpointError) in
      try TensorSource.torch(path)
    }
  }

  private func run(
    _ good: [UInt8], _ name: String, _ open: (String) throws(CheckpointError) -> TensorSource
  ) throws {
    let scratch = try Scratch()
    try load(open(try scratch.write(name, good)))
    var random = SplitMix(state: 5)
    var (opened, refused) = (0, 0)
    for _ in 0..<Self.rounds {
      let path = try scratch.write(name, damaged(good, &random))
      do throws(CheckpointError) {
        let source = try open(path)
        opened += 1
        try load(source)
      } catch {
        refused += 1
        #expect(error.description.contains(path), "\(error)")
      }
    }
    print("\(name): \(opened) damaged files opened, \(refused) refusals of \(Self.rounds)")
    #expect(opened > 0 && refused > 0)
  }

  /// Flipped bits, whole bytes, extreme words, and lost ends; the header more often than the data.
  private func damaged(_ good: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    var bytes = good
    if random.below(8) == 0 { return Array(bytes.prefix(random.below(bytes.count))) }
    for _ in 0...random.below(3) {
      let at = random.below(bytes.count)
      switch random.below(4) {
      case 0: bytes[at] ^= 1 << UInt8(random.below(8))
      case 1: bytes[at] = UInt8(random.below(256))
      case 2: bytes[at] = bytes[random.below(bytes.count)]
      default:
        let word = ([0, .max, 1 << 63, 1 << 62, 1 << 32] as [UInt64])[random.below(5)]
        for (offset, byte) in word.littleEndianBytes.enumerated() where at + offset < bytes.count {
          bytes[at + offset] = byte
        }
      }
    }
    return bytes
  }

  /// Reads every tensor that can be read.
  private func load(_ source: TensorSource) throws(CheckpointError) {
    for tensor in source.tensors.values.sorted(by: { $0.name < $1.name })
    where !["U8", "I8"].contains(tensor.type.name) {
      let rows = tensor.shape.first ?? 1
      let room = UnsafeMutablePointer<Float>.allocate(capacity: max(1, tensor.count))
      defer { room.deallocate() }
      try source.load(tensor, rows: 0..<rows, into: room)
    }
  }
}
