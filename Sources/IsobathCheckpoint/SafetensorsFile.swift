// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

/// The header of a safetensors file, checked as the reference checks it: every tensor inside the
/// file, contiguous from the first byte after the header to the last of the file.
enum SafetensorsFile {
  private static let largestHeader: UInt64 = 100_000_000

  /// The tensors of a file, as the `index`th of a checkpoint.
  static func tensors(
    _ file: MappedFile, index: Int = 0
  ) throws(CheckpointError) -> [TensorInfo] {
    try file.checkKind()
    do throws(SafetensorsProblem) {
      let length = try headerLength(file)
      let bytes = Array(file.bytes(8..<(8 + length)))
      guard bytes.first == UInt8(ascii: "{") else { throw .headerNotAnObject }
      return try layout(JSONDocument(header: bytes).root, start: 8 + length, file, index)
    } catch { throw .safetensors(error, path: file.path) }
  }

  private static func headerLength(_ file: MappedFile) throws(SafetensorsProblem) -> Int {
    guard file.count >= 8 else { throw .tooSmall(bytes: file.count) }
    let length = file.bytes(0..<8).loadUnaligned(as: UInt64.self).littleEndian
    guard length <= largestHeader else { throw .headerTooLarge(bytes: length) }
    guard length <= UInt64(file.count - 8) else {
      throw .headerPastEnd(header: length, file: file.count)
    }
    return Int(length)
  }

  private static func layout(
    _ header: JSON, start: Int, _ file: MappedFile, _ index: Int
  ) throws(SafetensorsProblem) -> [TensorInfo] {
    var found: [TensorInfo] = []
    for (name, entry) in header.members {
      if name == "__metadata__" {
        try checkMetadata(entry)
      } else {
        found.append(try tensor(name, entry, start: start, index))
      }
    }
    // Empty tensors share their place with the next one: order those by their end.
    found.sort {
      ($0.bytes.lowerBound, $0.bytes.upperBound) < ($1.bytes.lowerBound, $1.bytes.upperBound)
    }
    var end = start
    var last = "the header"
    for tensor in found {
      if tensor.bytes.lowerBound < end { throw .overlap(last, tensor.name) }
      if tensor.bytes.lowerBound > end {
        throw .hole(before: tensor.name, bytes: tensor.bytes.lowerBound - end)
      }
      (end, last) = (tensor.bytes.upperBound, tensor.name)
    }
    if end > file.count { throw .truncated(missing: end - file.count) }
    if end < file.count { throw .trailing(bytes: file.count - end) }
    return found
  }

  private static func checkMetadata(_ entry: JSON) throws(SafetensorsProblem) {
    guard entry.kind == .object else { throw .badMetadata(key: "__metadata__") }
    for (key, value) in entry.members where value.kind != .string { throw .badMetadata(key: key) }
  }

  private static func tensor(
    _ name: String, _ entry: JSON, start: Int, _ index: Int
  ) throws(SafetensorsProblem) -> TensorInfo {
    guard entry.kind == .object else { throw .badTensor(name: name, what: "not an object") }
    guard let typeName = entry["dtype"]?.string else {
      throw .badTensor(name: name, what: "no dtype")
    }
    guard let type = ElementType.safetensors[typeName] else {
      let known = ElementType.safetensors.keys.sorted().joined(separator: ", ")
      throw .badTensor(name: name, what: "dtype \(typeName) is unknown (known: \(known))")
    }
    let shape = try integers(entry["shape"], name, "shape")
    let offsets = try integers(entry["data_offsets"], name, "data_offsets")
    guard offsets.count == 2, offsets[0] <= offsets[1],
      let first = Checked.sum(start, offsets[0]), let last = Checked.sum(start, offsets[1])
    else { throw .badTensor(name: name, what: "data_offsets \(offsets) are not a range") }
    guard let bytes = Checked.product(shape + [type.bytes]) else {
      throw .badTensor(name: name, what: "shape \(shape) overflows")
    }
    guard bytes == last - first else {
      throw .sizeMismatch(name: name, shape: shape, type: typeName, bytes: last - first)
    }
    return TensorInfo(name: name, shape: shape, type: type, file: index, bytes: first..<last)
  }

  private static func integers(
    _ value: JSON?, _ name: String, _ what: String
  ) throws(SafetensorsProblem) -> [Int] {
    guard let value, value.kind == .array else {
      throw .badTensor(name: name, what: "no \(what)")
    }
    var found: [Int] = []
    for element in value.elements {
      guard let integer = element.int, integer >= 0, integer <= 1 << 53 else {
        throw .badTensor(name: name, what: "\(what) holds something that is not a size")
      }
      found.append(integer)
    }
    return found
  }
}

extension JSONDocument {
  fileprivate init(header bytes: [UInt8]) throws(SafetensorsProblem) {
    do throws(JSONError) { self = try JSONDocument(bytes) } catch { throw .header(error) }
  }
}

extension TensorSource {
  /// The tensors of one safetensors file.
  package static func safetensors(_ path: String) throws(CheckpointError) -> TensorSource {
    let file = try MappedFile(path)
    let tensors = try SafetensorsFile.tensors(file)
    // The header has no duplicate key, so no tensor is lost here.
    return TensorSource(
      tensors: Dictionary(tensors.map { ($0.name, $0) }) { first, _ in first }, files: [file])
  }
}
