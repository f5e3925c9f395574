// SPDX-License-Identifier: GPL-3.0-or-later

/// A GGUF file in memory, of which a test may falsify any part.
struct GGUFBytes {
  /// A tensor's entry: extents innermost first.
  struct Entry {
    var name: String
    var extents: [UInt64] = [4]
    var type: UInt32 = 0
    /// nil: where the entries before it end.
    var offset: UInt64?
    var bytes = 16
    var dimensions: UInt32?
  }

  var magic = Array("GGUF".utf8)
  var version: UInt32 = 3
  var tensorCount: Int64?
  var keyCount: Int64?
  /// Keys with the bytes of their type and value.
  var keys: [(key: [UInt8], value: [UInt8])] = []
  var tensors: [Entry] = []
  var alignment = 32
  /// Bytes of data, nil for what the tensors take.
  var dataBytes: Int?

  static func string(_ text: String) -> [UInt8] {
    UInt64(text.utf8.count).littleEndianBytes + Array(text.utf8)
  }

  /// A value: its type, then its bytes.
  static func value(_ type: UInt32, _ bytes: [UInt8]) -> [UInt8] { type.littleEndianBytes + bytes }

  static func array(_ type: UInt32, count: UInt64, _ bytes: [UInt8] = []) -> [UInt8] {
    value(9, type.littleEndianBytes + count.littleEndianBytes + bytes)
  }

  static func u32(_ number: UInt32) -> [UInt8] { value(4, number.littleEndianBytes) }

  mutating func add(_ key: String, _ value: [UInt8]) { keys.append((Array(key.utf8), value)) }

  var bytes: [UInt8] {
    var bytes = magic + version.littleEndianBytes
    bytes += (tensorCount ?? Int64(tensors.count)).littleEndianBytes
    bytes += (keyCount ?? Int64(keys.count)).littleEndianBytes
    for (key, value) in keys { bytes += UInt64(key.count).littleEndianBytes + key + value }
    var end = 0
    for tensor in tensors {
      bytes += GGUFBytes.string(tensor.name)
      bytes += (tensor.dimensions ?? UInt32(tensor.extents.count)).littleEndianBytes
      for extent in tensor.extents { bytes += extent.littleEndianBytes }
      bytes += tensor.type.littleEndianBytes + (tensor.offset ?? UInt64(end)).littleEndianBytes
      end = padded(end + tensor.bytes)
    }
    let last = tensors.last.map { end - padded($0.bytes) + $0.bytes } ?? 0
    bytes += [UInt8](repeating: 0, count: padded(bytes.count) - bytes.count)
    return bytes + (0..<(dataBytes ?? last)).map { UInt8(truncatingIfNeeded: $0 / 4 * 3 & 0x3F) }
  }

  private func padded(_ count: Int) -> Int { (count + alignment - 1) / alignment * alignment }
}
