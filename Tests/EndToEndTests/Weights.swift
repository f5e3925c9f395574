// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathJSON

/// A safetensors file in memory, read and written by the format's description alone.
struct Weights {
  struct Tensor {
    var type: String
    var shape: [Int]
    var bytes: Data
  }

  /// In the order of their bytes.
  var tensors: [(name: String, tensor: Tensor)]

  /// The bytes are no safetensors file.
  struct Malformed: Error {
    let what: String
  }

  init(_ file: Data) throws {
    let file = Data(file)
    guard file.count >= 8 else { throw Malformed(what: "no length") }
    let length = file.prefix(8).enumerated().reduce(0) { $0 + Int($1.element) << (8 * $1.offset) }
    guard length > 0, length <= file.count - 8 else { throw Malformed(what: "header's length") }
    let header = try JSONDocument(Array(file[8..<8 + length])).root
    let start = 8 + length
    var found: [(at: Int, name: String, tensor: Tensor)] = []
    for (name, value) in header.members where name != "__metadata__" {
      guard let type = value["dtype"]?.string, let shape = value["shape"]?.elements,
        let offsets = value["data_offsets"]?.elements.compactMap(\.int), offsets.count == 2,
        0 <= offsets[0], offsets[0] <= offsets[1], start + offsets[1] <= file.count
      else { throw Malformed(what: name) }
      let bytes = file[start + offsets[0]..<start + offsets[1]]
      found.append(
        (offsets[0], name, Tensor(type: type, shape: shape.compactMap(\.int), bytes: Data(bytes))))
    }
    tensors = found.sorted { $0.at < $1.at }.map { ($0.name, $0.tensor) }
  }

  func data() -> Data {
    var at = 0
    var header: [(String, JSONValue)] = []
    for (name, tensor) in tensors {
      let end = at + tensor.bytes.count
      let value = JSONValue.object([
        ("dtype", .string(tensor.type)), ("shape", .array(tensor.shape.map { .int($0) })),
        ("data_offsets", .array([.int(at), .int(end)])),
      ])
      header.append((name, value))
      at = end
    }
    let text = Data(JSONValue.object(header).serialized().utf8)
    let length = withUnsafeBytes(of: UInt64(text.count).littleEndian) { Data($0) }
    return tensors.reduce(length + text) { $0 + $1.tensor.bytes }
  }

  subscript(name: String) -> Tensor? { tensors.first { $0.name == name }?.tensor }
}

extension Weights.Tensor {
  /// The elements of a tensor of F32.
  var floats: [Float] { words(of: UInt32.self).map { Float(bitPattern: $0) } }

  /// The elements of a tensor of I64.
  var integers: [Int] { words(of: UInt64.self).map { Int(Int64(bitPattern: $0)) } }

  private func words<Word: FixedWidthInteger & BitwiseCopyable>(of: Word.Type) -> [Word] {
    let size = MemoryLayout<Word>.size
    return bytes.withUnsafeBytes { bytes in
      (0..<bytes.count / size).map { index in
        Word(littleEndian: bytes.loadUnaligned(fromByteOffset: index * size, as: Word.self))
      }
    }
  }
}
