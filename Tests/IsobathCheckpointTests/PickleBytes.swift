// SPDX-License-Identifier: GPL-3.0-or-later

/// Pickles as bytes, instruction by instruction.
enum PickleBytes {
  static let start: [UInt8] = [0x80, 2]
  static let (mark, stop): ([UInt8], [UInt8]) = ([0x28], [0x2E])
  static let (emptyDict, emptyList, emptyTuple): ([UInt8], [UInt8], [UInt8]) = (
    [0x7D], [0x5D], [0x29]
  )
  static let (tuple, tuple1, tuple2): ([UInt8], [UInt8], [UInt8]) = ([0x74], [0x85], [0x86])
  static let (reduce, build, persistent): ([UInt8], [UInt8], [UInt8]) = ([0x52], [0x62], [0x51])
  static let (none, newTrue, newFalse): ([UInt8], [UInt8], [UInt8]) = ([0x4E], [0x88], [0x89])
  static let (append, setItem, setItems): ([UInt8], [UInt8], [UInt8]) = ([0x61], [0x73], [0x75])

  static func text(_ text: String) -> [UInt8] {
    [0x58] + UInt32(text.utf8.count).littleEndianBytes + Array(text.utf8)
  }

  static func global(_ module: String, _ name: String) -> [UInt8] {
    [0x63] + Array("\(module)\n\(name)\n".utf8)
  }

  /// LONG1 with eight bytes: any Int.
  static func int(_ value: Int) -> [UInt8] { [0x8A, 8] + value.littleEndianBytes }

  static func put(_ index: UInt8) -> [UInt8] { [0x71, index] }
  static func get(_ index: UInt8) -> [UInt8] { [0x68, index] }

  static func tuple(_ parts: [[UInt8]]) -> [UInt8] { mark + parts.joined() + tuple }

  static func sizes(_ values: [Int]) -> [UInt8] { tuple(values.map(int)) }

  static func storage(
    _ type: String = "FloatStorage", _ key: String = "0", _ count: Int = 4
  ) -> [UInt8] {
    tuple([text("storage"), global("torch", type), text(key), text("cpu"), int(count)]) + persistent
  }

  static let noHooks = global("collections", "OrderedDict") + emptyTuple + reduce

  /// A tensor; by default four F32 elements of the storage `0`.
  static func tensor(
    _ storage: [UInt8] = storage(), offset: Int = 0, shape: [Int] = [4], strides: [Int] = [1],
    hooks: [UInt8] = noHooks, notes: [[UInt8]] = []
  ) -> [UInt8] {
    let parts = [storage, int(offset), sizes(shape), sizes(strides), newFalse, hooks] + notes
    return global("torch._utils", "_rebuild_tensor_v2") + tuple(parts) + reduce
  }

  static func dict(_ entries: [([UInt8], [UInt8])]) -> [UInt8] {
    emptyDict + mark + entries.flatMap { $0.0 + $0.1 } + setItems
  }

  /// A whole pickle.
  static func file(_ value: [UInt8]) -> [UInt8] { start + value + stop }

  /// A whole pickle of a dict with one entry.
  static func file(_ name: String = "t", _ value: [UInt8]) -> [UInt8] {
    file(dict([(text(name), value)]))
  }
}
