// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathTestSupport
import Testing

/// Files of the form before zip archives, built part by part and falsified.
@Suite struct LegacyTorchTests {
  typealias P = PickleBytes

  struct Parts {
    var magic: [UInt8] = [
      0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19,
    ]
    var version: [UInt8] = [0x2E, 0x80, 2, 0x4D, 0xE9, 3, 0x2E]
    var machine = P.file(P.dict([(P.text("little_endian"), P.newTrue)]))
    var table = P.file("t", P.tensor())
    var keys = P.file(P.emptyList + P.text("0") + P.append)
    var length = Int64(4).littleEndianBytes
    var numbers = [1, 2, 3, 4].flatMap { Float($0).bitPattern.littleEndianBytes }

    var bytes: [UInt8] { magic + version + machine + table + keys + length + numbers }
  }

  private func expect(
    _ problem: TorchProblem, says: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ change: (inout Parts) -> Void
  ) throws {
    var parts = Parts()
    change(&parts)
    try expectTorch(parts.bytes, problem, says: says, sourceLocation: sourceLocation)
  }

  @Test func aGoodFile() throws {
    let source = try TensorSource.torch(try Scratch().write("m.bin", Parts().bytes))
    #expect(try Weights(source, loads: true).vector("t", 4) == [1, 2, 3, 4])
  }

  @Test func everyPrefix() throws {
    let scratch = try Scratch()
    for bytes in [Parts().bytes, [UInt8](try Fixtures.data("torch/legacy.bin"))] {
      for length in 0..<bytes.count {
        let path = try scratch.write("m.bin", Array(bytes.prefix(length)))
        let error = refusal { () throws(CheckpointError) in try TensorSource.torch(path) }
        expectSentence(error, names: path, says: "PyTorch file")
      }
    }
  }

  @Test func whatIsNotRead() throws {
    try expect(.legacy(what: "not its version 1001"), says: "version 1001") { $0.version[4] = 0 }
    for machine in [P.newFalse, P.int(1)] {
      try expect(.byteOrder("big"), says: "byte order is 'big'") {
        $0.machine = P.file(P.dict([(P.text("little_endian"), machine)]))
      }
    }
    try expect(.byteOrder("big"), says: "byte order") { $0.machine = P.file(P.emptyDict) }
    try expect(.pickle(.global("os.system", at: 2)), says: "'os.system'") {
      $0.machine = P.file(P.global("os", "system"))
    }
    try expect(.legacy(what: "its storages' keys are a dict, not a list"), says: "a dict") {
      $0.keys = P.file(P.emptyDict)
    }
    try expect(.legacy(what: "it has a storage that no tensor uses"), says: "no tensor uses") {
      $0.keys = P.file(P.emptyList + P.text("1") + P.append)
    }
    try expect(.legacy(what: "it has a storage that no tensor uses"), says: "no tensor uses") {
      $0.keys = P.file(P.emptyList + P.int(0) + P.append)
    }
    try expect(.missingStorage("0", tensor: "t"), says: "storage '0', which is not there") {
      $0.keys = P.file(P.emptyList)
      ($0.length, $0.numbers) = ([], [])
    }
  }

  @Test func falseLengths() throws {
    let other = TorchProblem.legacy(what: "a storage's length is not what its tensors say")
    for length in [0, 3, 5, -1, Int64.max] {
      try expect(other, says: "length") { $0.length = length.littleEndianBytes }
    }
    for count in [1 << 40, Int.max] {
      try expect(
        .legacy(what: "it ends inside a storage, its download was interrupted"), says: "ends inside"
      ) {
        $0.table = P.file("t", P.tensor(P.storage("FloatStorage", "0", count)))
        $0.length = count.littleEndianBytes
      }
    }
    try expect(
      .legacy(what: "1 bytes at its end belong to no storage"), says: "belong to no storage"
    ) {
      $0.numbers.append(0)
    }
    try expect(.legacy(what: "a storage stands twice"), says: "stands twice") {
      $0.keys = P.file(P.emptyList + P.text("0") + P.append + P.text("0") + P.append)
      $0.numbers += $0.length + $0.numbers
    }
  }
}
