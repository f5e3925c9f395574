// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathCheckpoint
import IsobathTestSupport
import Testing

/// PyTorch files of other kinds, tables that are not a model's, tensors that lie elsewhere.
@Suite struct TorchRefusalTests {
  typealias P = PickleBytes

  private func fixture(_ name: String) throws -> [UInt8] {
    [UInt8](try Fixtures.data("torch/\(name).bin"))
  }

  @Test func otherFiles() throws {
    try expectTorch([], .empty, says: "it is empty")
    try expectTorch(
      Array("GGUF....".utf8), .otherFile(start: Array("GGUF".utf8)), says: "begins with 47 47 55 46"
    )
    try expectTorch(fixture("program"), .torchScript, says: "TorchScript", "torch.jit.load")
    var tar = [UInt8](repeating: 0, count: 1024)
    tar.replaceSubrange(257..<262, with: Array("ustar".utf8))
    try expectTorch(tar, .tar, says: "tar archive")
    for (text, looksLike) in [
      ("version https://git-lfs.github.com/spec/v1", "a git-LFS pointer"), ("<html>", "a web page"),
    ] {
      let path = try Scratch().write("m.bin", text)
      let error = refusal { () throws(CheckpointError) in try TensorSource.torch(path) }
      #expect(error == .notWeights(path: path, looksLike: looksLike))
    }
  }

  @Test func otherForms() throws {
    try expectTorch(fixture("protocol-4"), .pickle(.protocol(4)), says: "protocol 4 is not read")
    try expectTorch(
      fixture("complex"), .pickle(.global("torch.ComplexFloatStorage", at: 64)),
      says: "'torch.ComplexFloatStorage'")
    try expectTorch(
      fixture("negated"),
      .pickle(
        .call(
          "torch._utils._rebuild_tensor_v2",
          what: "is given notes that change the numbers; save a plain copy of the tensor", at: 172)),
      says: "change the numbers")
    try expectTorch(fixture("list"), .noTable(found: "a list"), says: "holds a list")
    try expectTorch(
      fixture("two-models"), .ambiguous(keys: ["model", "ema"]), says: "'model' and 'ema'")
    try expectTorch(
      fixture("other-name"), .wrapped(key: "generator"), says: "under 'generator'", "save the dict")
    try expectTorch(
      ZipBytes.checkpoint(P.file(P.emptyDict)).bytes, .noTensors(keys: []), says: "found nothing")
    try expectTorch(
      ZipBytes.checkpoint(P.file("lr", P.int(1))).bytes, .noTensors(keys: ["lr"]), says: "'lr'")
  }

  @Test func names() throws {
    let table = { (entries: [([UInt8], [UInt8])]) in
      ZipBytes.checkpoint(P.file(P.dict(entries))).bytes
    }
    try expectTorch(
      table([(P.text("t"), P.tensor()), (P.text("t"), P.tensor())]), .twice("t"),
      says: "'t' stands twice")
    for (key, shown) in [
      (P.int(3), "3"), (P.text(""), ""), (P.text("a\nb"), "a\nb"),
      (P.text("\u{1B}[31m"), "\u{1B}[31m"), (P.none, "None"),
      (P.text(String(repeating: "n", count: 1025)), String(repeating: "n", count: 80)),
    ] {
      try expectTorch(
        table([(key, P.tensor())]), .badName(shown), says: "is not a tensor's name")
    }
  }

  @Test func entriesThatAreMissing() throws {
    var zip = ZipBytes.checkpoint(P.file("t", P.tensor()), [])
    try expectTorch(
      zip.bytes, .missingStorage("0", tensor: "t"), says: "in storage '0', which is not there")
    zip.entries = [ZipBytes.Entry(name: "m/data/0", data: [1])]
    try expectTorch(zip.bytes, .missingEntry("data.pkl"), says: "no 'data.pkl'")
    try expectTensor(
      P.tensor(P.storage("FloatStorage", "../0")), .missingStorage("../0", tensor: "t"),
      says: "in storage '../0'")
  }

  @Test(arguments: ["big", "middle\u{1B}[2J"]) func byteOrders(_ order: String) throws {
    var zip = ZipBytes.checkpoint(P.file("t", P.tensor()))
    zip.entries.append(ZipBytes.Entry(name: "m/byteorder", data: Array(order.utf8)))
    let shown = order.filter(\.isLetter)
    try expectTorch(zip.bytes, .byteOrder(shown), says: "byte order is '\(shown)'")
  }

  @Test(arguments: [0, 3, 5, Int.max, 1 << 62]) func storageSizes(_ count: Int) throws {
    let bytes = count.multipliedReportingOverflow(by: 4)
    try expectTensor(
      P.tensor(P.storage("FloatStorage", "0", count), shape: [1]),
      .storageSize(
        "0", tensor: "t", claimed: bytes.overflow ? .max : bytes.partialValue, found: 16),
      says: "bytes in storage '0', which has 16")
  }

  @Test(
    arguments: [
      (0, [5], [1]), (1, [4], [1]), (0, [4], [2]), (4, [1], [1]), (0, [2, 2], [4, 1]),
      (Int.max, [1], [1]), (Int.max, [2], [1]), (0, [2], [Int.max]), (1, [2], [Int.max]),
      (0, [3, 3], [Int.max / 2, Int.max / 2]), (0, [1 << 40, 2], [1, 1]),
    ] as [(Int, [Int], [Int])])
  func beyondTheStorage(_ offset: Int, _ shape: [Int], _ strides: [Int]) throws {
    try expectTensor(
      P.tensor(offset: offset, shape: shape, strides: strides),
      .pastStorage(tensor: "t", shape: shape, strides: strides, offset: offset, storage: 4),
      says: "reaches past its storage of 4 elements")
  }

  /// One number spread over a shape would be a bomb for who makes room for it.
  @Test func spreadTensors() throws {
    for shape in [[1 << 40], [1000, 1000]] {
      let bytes = ZipBytes.checkpoint(
        P.file("t", P.tensor(shape: shape, strides: shape.map { _ in 0 }))
      ).bytes
      try expectTorch(
        bytes, .expanded(tensor: "t", shape: shape, file: bytes.count), says: "tensor.contiguous()")
    }
    for shape in [[Int.max], [1 << 32, 1 << 32], [0, 1 << 62, 1 << 62]] {
      try expectTensor(
        P.tensor(shape: shape, strides: shape.map { _ in 0 }),
        .tensor("t", what: "shape \(shape) overflows"), says: "overflows")
    }
  }

  /// Steps over a dimension of one are never taken, however long they are.
  @Test func stepsThatAreNotTaken() throws {
    let tensor = P.tensor(shape: [2, 1, 1], strides: [2, Int.max, Int.max - 1])
    let zip = ZipBytes.checkpoint(
      P.file("t", tensor), [("0", [1, 2, 3, 4].flatMap { Float($0).bitPattern.littleEndianBytes })])
    let source = try TensorSource.torch(try Scratch().write("m.bin", zip.bytes))
    let info = try #require(source.tensors["t"])
    var found: [Float] = [0, 0]
    try source.load(info, rows: 0..<2, into: &found)
    #expect(found == [1, 3])
  }

  @Test func aStorageOfTwoTypes() throws {
    let entries = [
      (P.text("a"), P.tensor()), (P.text("b"), P.tensor(P.storage("IntStorage"))),
    ]
    try expectTorch(
      ZipBytes.checkpoint(P.file(P.dict(entries))).bytes, .storageTypes("0", tensor: "b"),
      says: "'b' reads storage '0' as another type")
  }

  @Test func shardsOfPickles() throws {
    let good = ["embed", "head", "mask", "w"]
    for claimed in [24 + 1 + 8, 24 + 8 + 8, 48 + 1 + 8, 48 + 8 + 8] {
      #expect(try sharded(total: claimed).source.tensors.keys.sorted() == good)
    }
    for claimed in [0, 24 + 8, 48 + 8 + 9, -1] {
      let error = refusal { () throws(CheckpointError) in try sharded(total: claimed) }
      guard case .shards(.totalSize(Double(claimed), 64), _) = error else {
        Issue.record("\(claimed) was refused as \(String(describing: error))")
        continue
      }
    }
  }

  private func sharded(total: Int) throws(CheckpointError) -> Checkpoint {
    try Checkpoint.open(try copyOfShards(total: total))
  }

  private func copyOfShards(total: Int) throws(CheckpointError) -> String {
    do {
      let scratch = try Scratch()
      for name in try FileManager.default.contentsOfDirectory(
        atPath: Fixtures.path("torch/sharded"))
      {
        try scratch.write(name, [UInt8](Fixtures.data("torch/sharded/\(name)")))
      }
      let index = try String(
        contentsOfFile: scratch.path("pytorch_model.bin.index.json"), encoding: .utf8)
      try scratch.write(
        "pytorch_model.bin.index.json",
        index.replacingOccurrences(of: "\"total_size\": 57", with: "\"total_size\": \(total)"))
      return scratch.folder.path(percentEncoded: false)
    } catch { throw .missing(path: "\(error)", needed: "a scratch folder") }
  }

  @Test(arguments: ["pytorch_model.bin", "model.pt", "weights.pth", "model.safetensors"])
  func aFileInsteadOfItsFolder(_ name: String) throws {
    let scratch = try Scratch()
    let path = try scratch.write(name, "x")
    let error = refusal { () throws(CheckpointError) in try Checkpoint.open(path) }
    expectSentence(
      error, names: path, says: "give the folder that holds it and config.json",
      scratch.folder.path(percentEncoded: false))
  }
}
