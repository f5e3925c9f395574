// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import Testing

/// Pickles that grow: deep, wide, looping, or doubling what they keep.
@Suite struct PickleBombTests {
  typealias P = PickleBytes

  private func source(_ pickle: [UInt8]) throws -> TensorSource {
    try TensorSource.torch(try Scratch().write("m.bin", ZipBytes.checkpoint(pickle).bytes))
  }

  /// A list in a list in a list…, beside a tensor: nobody follows it.
  @Test func deepNesting() throws {
    let depth = 200_000
    let deep =
      [UInt8](repeating: P.emptyList[0], count: depth)
      + [UInt8](repeating: P.append[0], count: depth - 1)
    let source = try source(P.file(P.dict([(P.text("t"), P.tensor()), (P.text("deep"), deep)])))
    #expect(source.tensors.count == 1 && source.notes == ["'deep' is a list, not a tensor"])
  }

  /// A dict that holds itself, and a list that does.
  @Test func containersInThemselves() throws {
    let dict = P.emptyDict + P.put(0) + P.text("t") + P.tensor() + P.setItem
    let list = P.emptyList + P.put(1) + P.get(1) + P.append
    let itself = P.text("self") + P.get(0) + P.setItem + P.text("list") + list + P.setItem
    let source = try source(P.file(dict + itself))
    #expect(source.tensors.count == 1)
    #expect(source.notes == ["'self' is a dict, not a tensor", "'list' is a list, not a tensor"])
    let loop = P.emptyDict + P.put(0) + P.text("model") + P.get(0) + P.setItem
    try expectTorch(
      ZipBytes.checkpoint(P.file(loop)).bytes, .noTensors(keys: ["model"]), says: "'model'")
  }

  /// Each list holds the one before twice: 2⁵⁰ parts for who follows them, 100 for who does not.
  @Test func billionLaughs() throws {
    var bomb = P.emptyList + P.put(0)
    for _ in 0..<50 {
      bomb += P.emptyList + P.mark + P.get(0) + P.get(0) + [0x65] + P.put(0)
    }
    bomb += P.none
    let nested = P.tuple([bomb])
    let source = try source(P.file(P.dict([(P.text("t"), P.tensor()), (P.text("x"), nested)])))
    #expect(source.notes == ["'x' is a tuple, not a tensor"])
  }

  @Test func tooManyMarks() throws {
    let most = 1 << 20
    try expectPickle(
      P.start + [UInt8](repeating: P.mark[0], count: most + 1),
      .limit("open values", most: most, at: 2 + most), says: "more than 1048576 open values")
    try expectPickle(
      P.start + [UInt8](repeating: P.none[0], count: most + 1),
      .limit("open values", most: most, at: 2 + most), says: "open values")
  }

  @Test func tooManyContainers() throws {
    let most = 1 << 22
    var pickle = P.start
    for _ in 0..<(most / 4 + 8) { pickle += P.mark + [0x29, 0x29] + P.tuple + [0x85] }
    let path = try Scratch().write("m.bin", ZipBytes.checkpoint(pickle).bytes)
    let error = refusal { () throws(CheckpointError) in try TensorSource.torch(path) }
    expectSentence(error, names: path, says: "more than \(most) containers and parts")
  }

  @Test func tooMuchKept() throws {
    let most = 1 << 21
    var pickle = P.start + P.none
    pickle.reserveCapacity(5 * most + 20)
    for index in 0...UInt32(most) { pickle += [0x72] + index.littleEndianBytes }
    try expectPickle(
      pickle, .limit("kept values", most: most, at: 3 + 5 * most), says: "2097152 kept values")
  }

  @Test func tooLong() throws {
    let limit = 64 << 20
    var zip = ZipBytes.checkpoint([UInt8](repeating: 0, count: limit + 1))
    zip.entries[0].checksum = 0
    try expectTorch(
      zip.bytes, .longPickle(bytes: limit + 1, limit: limit), says: "at most \(limit) are read")
  }
}
