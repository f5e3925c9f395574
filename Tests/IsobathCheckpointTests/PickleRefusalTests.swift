// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathCheckpoint
import Testing

/// Pickles that want to be run, and pickles that are no table of tensors. Nothing happens but a refusal.
@Suite struct PickleRefusalTests {
  typealias P = PickleBytes

  /// Every way to name a function and call it that pickle has, asked to write a file.
  @Test func nothingIsRun() throws {
    let scratch = try Scratch()
    let marker = scratch.path("marker")
    let command = "touch '\(marker)'"
    let old = Array("(S\"\(command)\"\nios\nsystem\n.".utf8)
    let short = [UInt8(command.utf8.count)] + Array(command.utf8)
    let call = P.global("os", "system") + P.text(command) + P.tuple1 + P.reduce
    let attacks: [(String, [UInt8])] = [
      ("'os.system'", P.file(call)),
      (
        "'posix.system'",
        P.file("t", P.global("posix", "system") + P.text(command) + P.tuple1 + P.reduce)
      ),
      ("'os.system'", P.file("t", P.tensor(hooks: P.dict([(P.int(0), call)])))),
      ("'builtins.eval'", P.file(P.global("builtins", "eval"))),
      ("'torch.hub.load'", P.file(P.global("torch.hub", "load"))),
      (
        "'collections.OrderedDict.__class__'",
        P.file(P.global("collections", "OrderedDict.__class__"))
      ),
      (
        "SHORT_BINUNICODE",
        [0x80, 2, 0x8C, 2] + Array("os".utf8) + [0x8C, 6] + Array("system".utf8) + [0x93]
      ),
      (
        "STACK_GLOBAL",
        P.start + P.text("os") + P.text("system") + [0x93] + P.text(command) + P.tuple1 + P.reduce
          + P.stop
      ),
      ("protocol 0", old),
      ("INST", P.start + P.mark + P.text(command) + Array("ios\nsystem\n.".utf8)),
      ("OBJ", P.start + P.mark + P.global("collections", "OrderedDict") + [0x6F]),
      ("NEWOBJ", P.start + P.global("collections", "OrderedDict") + P.emptyTuple + [0x81]),
      ("EXT1", P.start + [0x82, 1]), ("EXT4", P.start + [0x84, 1, 0, 0, 0]),
      ("SHORT_BINSTRING", P.start + [0x55] + short), ("DUP", P.start + P.none + [0x32]),
      ("0xff", P.start + [0xFF]),
    ]
    for (says, pickle) in attacks {
      let path = try scratch.write("m.bin", ZipBytes.checkpoint(pickle).bytes)
      let error = refusal { () throws(CheckpointError) in try TensorSource.torch(path) }
      expectSentence(error, names: path, says: says)
      #expect(!FileManager.default.fileExists(atPath: marker), "\(says) was run")
    }
  }

  @Test func unknownNames() throws {
    try expectPickle(
      P.file(P.global("numpy", "dtype")), .global("numpy.dtype", at: 2),
      says: "'numpy.dtype'", "no part of a tensor", "nothing in a file is ever run")
    try expectPickle(
      P.file(P.global(String(repeating: "x", count: 300), "y")),
      .limit("bytes in a name", most: 256, at: 2), says: "256 bytes in a name")
    try expectPickle(P.start + [0x63] + Array("torch".utf8), .pastEnd(at: 2), says: "byte 2")
    try expectPickle(
      P.file("t", P.tensor(P.storage("ComplexFloatStorage"))),
      .global("torch.ComplexFloatStorage", at: 57), says: "'torch.ComplexFloatStorage'")
  }

  @Test(arguments: [0, 1, 3, 4, 5, 255] as [UInt8]) func protocols(_ version: UInt8) throws {
    try expectPickle(
      [0x80, version] + P.emptyDict + P.stop, .protocol(Int(version)),
      says: "protocol \(version) is not read")
  }

  /// Python's pickle calls whatever stands there; here only a name of the table may.
  @Test func calls() throws {
    try expectPickle(
      P.file(P.text("system") + P.emptyTuple + P.reduce),
      .operand("REDUCE", found: "a text", expected: "a name of torch's", at: 14),
      says: "a text where a name of torch's")
    let dict = P.global("collections", "OrderedDict")
    try expectPickle(
      P.file(dict + P.emptyList + P.tuple1 + P.reduce),
      .call("collections.OrderedDict", what: "is given entries in an unknown form", at: 29),
      says: "unknown form")
    try expectPickle(
      P.file(P.global("torch", "FloatStorage") + P.emptyTuple + P.reduce),
      .call("torch.FloatStorage", what: "is called, which no checkpoint needs", at: 23),
      says: "is called")
    try expectPickle(
      P.file(dict + P.none + P.reduce),
      .operand("REDUCE", found: "None", expected: "a tuple", at: 28), says: "None where a tuple")
  }

  @Test func tensorsWithWrongArguments() throws {
    func expect(_ what: String, _ value: [UInt8]) throws {
      let path = try Scratch().write("m.bin", ZipBytes.checkpoint(P.file("t", value)).bytes)
      let error = refusal { () throws(CheckpointError) in try TensorSource.torch(path) }
      expectSentence(error, names: path, says: what)
      guard case .torch(.pickle(.call), path) = error else {
        Issue.record("refused as \(String(describing: error))")
        return
      }
    }
    let rebuild = P.global("torch._utils", "_rebuild_tensor_v2")
    try expect("3 arguments", rebuild + P.tuple([P.none, P.none, P.none]) + P.reduce)
    try expect("not given a storage", P.tensor(P.text("0")))
    try expect("not given a storage", P.tensor(offset: -1))
    try expect("not given a storage", P.tensor(shape: [-1]))
    try expect("not given a storage", P.tensor(shape: [4], strides: [-1]))
    try expect("not given a storage", P.tensor(shape: [4], strides: [1, 1]))
    try expect(
      "not given a storage",
      P.tensor(shape: [Int](repeating: 1, count: 65), strides: [Int](repeating: 1, count: 65)))
    try expect("hooks", P.tensor(hooks: P.dict([(P.int(1), P.int(2))])))
    try expect("hooks", P.tensor(hooks: P.text("x")))
    try expect("change the numbers", P.tensor(notes: [P.dict([(P.text("neg"), P.newTrue)])]))
    let bytes = [
      P.text("storage"), P.global("torch.storage", "UntypedStorage"), P.text("0"), P.text("cpu"),
      P.int(16),
    ]
    try expect("bytes without a type", P.tensor(P.tuple(bytes) + P.persistent))
    try expect(
      "not given a tensor",
      P.global("torch._utils", "_rebuild_parameter") + P.tuple([P.text("x"), P.newTrue, P.noHooks])
        + P.reduce)
    try expect("not given a tuple", P.global("torch", "Size") + P.int(3) + P.tuple1 + P.reduce)
  }

  @Test(arguments: ["ByteStorage"]) func persistentIdentities(_ type: String) throws {
    let parts = [P.text("storage"), P.global("torch", type), P.text("0"), P.text("cpu"), P.int(4)]
    func expect(_ id: [UInt8]) throws {
      let path = try Scratch().write(
        "m.bin", ZipBytes.checkpoint(P.file("t", id + P.persistent)).bytes)
      let error = refusal { () throws(CheckpointError) in try TensorSource.torch(path) }
      expectSentence(error, names: path, says: "BINPERSID", "('storage', type, key, place, count)")
    }
    try expect(P.text("0"))
    try expect(P.tuple(Array(parts.dropLast())))
    try expect(P.tuple(parts + [P.text("a view")]))
    for (index, wrong) in [
      (0, P.text("module")), (1, P.text("FloatStorage")), (2, P.int(0)), (3, P.none),
      (4, P.int(-1)), (4, P.text("4")),
    ] {
      var changed = parts
      changed[index] = wrong
      try expect(P.tuple(changed))
    }
  }

  @Test func states() throws {
    let dict = P.global("collections", "OrderedDict") + P.emptyTuple + P.reduce
    let state = P.dict([(P.text("__class__"), P.none)])
    try expectPickle(
      P.file(dict + state + P.build),
      .operand("BUILD", found: "a dict", expected: "a dict of '_metadata' only", at: 47),
      says: "'_metadata' only")
    try expectPickle(
      P.file(P.tensor() + state + P.build),
      .operand("BUILD", found: "a tensor", expected: "a dict", at: 177), says: "a tensor")
  }

  @Test func damage() throws {
    try expectPickle(P.start, .pastEnd(at: 2), says: "ends inside the instruction at byte 2")
    try expectPickle(P.start + [0x58, 9, 0, 0, 0, 1], .pastEnd(at: 2), says: "byte 2")
    try expectPickle(P.start + [0x58, 255, 255, 255, 255], .pastEnd(at: 2), says: "byte 2")
    try expectPickle(P.start + [0x58, 1, 0, 0, 0, 0xFF], .notUTF8(at: 2), says: "not UTF-8")
    try expectPickle(P.file(P.emptyDict) + [0], .trailing(bytes: 1), says: "1 bytes follow")
    try expectPickle(
      P.start + P.stop, .operand("STOP", found: "0 values", expected: "one", at: 2),
      says: "0 values")
    try expectPickle(
      P.file(P.none + P.none), .operand("STOP", found: "2 values", expected: "one", at: 4),
      says: "2 values")
    try expectPickle(
      P.start + P.tuple, .emptyStack("TUPLE", at: 2), says: "takes more than there is")
    try expectPickle(P.start + P.reduce, .emptyStack("REDUCE", at: 2), says: "REDUCE at byte 2")
    // Nothing below a mark may be taken.
    try expectPickle(
      P.start + P.none + P.mark + P.tuple1, .emptyStack("TUPLE1", at: 4), says: "TUPLE1")
    try expectPickle(P.start + P.get(3), .memo(3, at: 2), says: "recalls number 3")
    try expectPickle(
      P.start + [0x6A, 255, 255, 255, 255], .memo(4_294_967_295, at: 2), says: "4294967295")
    try expectPickle(P.start + P.put(0), .emptyStack("BINPUT", at: 2), says: "BINPUT")
    try expectPickle(
      P.start + P.emptyDict + P.mark + P.none + P.setItems,
      .operand("SETITEMS", found: "a key without a value", expected: "pairs", at: 5), says: "pairs")
    try expectPickle(
      P.start + P.emptyList + P.none + P.none + P.setItem,
      .operand("SETITEM", found: "a list", expected: "a dict", at: 5), says: "a list where a dict")
    try expectPickle(
      P.start + P.emptyDict + P.none + P.append,
      .operand("APPEND", found: "a dict", expected: "a list", at: 4), says: "a dict where a list")
    try expectPickle(
      P.start + [0x8A, 9] + [UInt8](repeating: 1, count: 9), .largeNumber(at: 2), says: "64 bits")
    try expectPickle(P.start + P.start, .opcode("PROTO", at: 2), says: "PROTO at byte 2")
  }
}
