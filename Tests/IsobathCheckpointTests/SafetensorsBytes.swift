// SPDX-License-Identifier: GPL-3.0-or-later

/// A safetensors file in memory: a header as text, then bytes.
enum SafetensorsBytes {
  static func file(_ header: String, data: [UInt8]) -> [UInt8] {
    file(header: Array(header.utf8), data: data)
  }

  static func file(_ header: String, data count: Int = 0) -> [UInt8] {
    file(header, data: [UInt8](repeating: 0, count: count))
  }

  static func file(header: [UInt8], data: [UInt8] = [], claiming length: UInt64? = nil) -> [UInt8] {
    (length ?? UInt64(header.count)).littleEndianBytes + header + data
  }

  /// A header entry.
  static func entry(
    _ name: String, _ type: String = "F32", _ shape: String = "[1]", _ offsets: String = "[0,4]"
  ) -> String {
    "\"\(name)\":{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":\(offsets)}"
  }

  /// One F32 tensor after the other.
  static func file(floats tensors: [(name: String, shape: [Int], values: [Float])]) -> [UInt8] {
    var entries: [String] = []
    var data: [UInt8] = []
    for (name, shape, values) in tensors {
      let end = data.count + 4 * values.count
      entries.append(entry(name, "F32", "\(shape)", "[\(data.count),\(end)]"))
      for value in values { data += value.bitPattern.littleEndianBytes }
    }
    return file("{\(entries.joined(separator: ","))}", data: data)
  }
}
