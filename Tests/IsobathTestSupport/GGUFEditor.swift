// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// A sound GGUF file taken apart, so that a test can change what it says.
package struct GGUFEditor {
  /// A value of metadata.
  package enum Value: Sendable {
    case number(UInt32)
    case fraction(Float)
    case flag(Bool)
    case text(String)
    case numbers([UInt32])

    fileprivate var bytes: [UInt8] {
      switch self {
      case .number(let value): GGUFEditor.bytes(UInt32(4)) + GGUFEditor.bytes(value)
      case .fraction(let value): GGUFEditor.bytes(UInt32(6)) + GGUFEditor.bytes(value.bitPattern)
      case .flag(let value): GGUFEditor.bytes(UInt32(7)) + [value ? 1 : 0]
      case .text(let value): GGUFEditor.bytes(UInt32(8)) + GGUFEditor.string(value)
      case .numbers(let values):
        GGUFEditor.bytes(UInt32(9)) + GGUFEditor.bytes(UInt32(4))
          + GGUFEditor.bytes(UInt64(values.count)) + values.flatMap { GGUFEditor.bytes($0) }
      }
    }
  }

  /// A tensor; its extents stand innermost first.
  package struct Tensor {
    package var name: String
    package var extents: [UInt64]
    package var type: UInt32
    package var data: [UInt8]

    package init(name: String, extents: [UInt64], type: UInt32, data: [UInt8]) {
      (self.name, self.extents, self.type, self.data) = (name, extents, type, data)
    }
  }

  private var keys: [(name: String, value: [UInt8])] = []
  /// The tensors, in the order of the file.
  package var tensors: [Tensor] = []

  /// - Parameter fixture: the name of a file in `Tests/Fixtures/gguf`, without its ending.
  package init(_ fixture: String) throws {
    let file = [UInt8](try Fixtures.data("gguf/\(fixture).gguf"))
    var reader = Reader(bytes: file, at: 8)
    let (tensorCount, keyCount) = (reader.number(8), reader.number(8))
    for _ in 0..<keyCount {
      let name = reader.text()
      let start = reader.at
      reader.skipValue(type: reader.number(4))
      keys.append((name, Array(file[start..<reader.at])))
    }
    var offsets: [Int] = []
    for _ in 0..<tensorCount {
      let name = reader.text()
      let extents = (0..<reader.number(4)).map { _ in UInt64(reader.number(8)) }
      let type = UInt32(reader.number(4))
      tensors.append(Tensor(name: name, extents: extents, type: type, data: []))
      offsets.append(reader.number(8))
    }
    let start = GGUFEditor.padded(reader.at)
    for index in tensors.indices {
      // The fixtures are float32 throughout.
      try #require(tensors[index].type == 0)
      let bytes = 4 * Int(tensors[index].extents.reduce(1, *))
      tensors[index].data = Array(file[(start + offsets[index])...].prefix(bytes))
    }
  }

  /// The metadata's keys, in the order of the file.
  package var keyNames: [String] { keys.map(\.name) }

  /// Sets a key, or removes it.
  package mutating func set(_ key: String, _ value: Value?) {
    keys.removeAll { $0.name == key }
    if let value { keys.append((key, value.bytes)) }
  }

  /// Takes a tensor out.
  package mutating func remove(_ name: String) throws -> Tensor {
    tensors.remove(at: try #require(tensors.firstIndex { $0.name == name }))
  }

  /// Writes the file into a new folder.
  ///
  /// - Returns: its path.
  package func write() throws -> String {
    var bytes = Array("GGUF".utf8) + GGUFEditor.bytes(UInt32(3))
    bytes += GGUFEditor.bytes(UInt64(tensors.count)) + GGUFEditor.bytes(UInt64(keys.count))
    for key in keys { bytes += GGUFEditor.string(key.name) + key.value }
    var end = 0
    for tensor in tensors {
      bytes += GGUFEditor.string(tensor.name) + GGUFEditor.bytes(UInt32(tensor.extents.count))
      bytes += tensor.extents.flatMap { GGUFEditor.bytes($0) }
      bytes += GGUFEditor.bytes(tensor.type) + GGUFEditor.bytes(UInt64(end))
      end += GGUFEditor.padded(tensor.data.count)
    }
    for data in [[]] + tensors.map(\.data) {
      bytes += data
      bytes += [UInt8](repeating: 0, count: GGUFEditor.padded(bytes.count) - bytes.count)
    }
    let path = try Fixtures.temporaryFolder().appending(path: "model.gguf")
    try Data(bytes).write(to: path)
    return path.path(percentEncoded: false)
  }

  private static func padded(_ count: Int) -> Int { (count + 31) / 32 * 32 }

  private static func bytes<T: FixedWidthInteger>(_ value: T) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }

  private static func string(_ text: String) -> [UInt8] {
    bytes(UInt64(text.utf8.count)) + Array(text.utf8)
  }

  private struct Reader {
    let bytes: [UInt8]
    var at: Int

    mutating func number(_ count: Int) -> Int {
      at += count
      return bytes[(at - count)..<at].reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    mutating func text() -> String {
      let count = number(8)
      at += count
      return String(decoding: bytes[(at - count)..<at], as: UTF8.self)
    }

    mutating func skipValue(type: Int) {
      switch type {
      case 8: _ = text()
      case 9:
        let (type, count) = (number(4), number(8))
        for _ in 0..<count { skipValue(type: type) }
      default: at += [1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8][type]
      }
    }
  }
}
