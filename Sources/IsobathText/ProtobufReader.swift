// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads the fields of one protobuf message. https://protobuf.dev/programming-guides/encoding
struct ProtobufReader {
  /// A field's value, as its wire type has it.
  enum Value {
    case varint(UInt64)
    case fixed64(UInt64)
    case bytes(ArraySlice<UInt8>)
    case fixed32(UInt32)
  }

  private let bytes: ArraySlice<UInt8>
  private var at: Int
  private let path: String

  /// - Parameter path: the file, for errors.
  init(_ bytes: ArraySlice<UInt8>, path: String) {
    self.bytes = bytes
    at = bytes.startIndex
    self.path = path
  }

  private func damaged(_ what: String) -> TextError {
    .tokenizer(path: path, what: "not a SentencePiece model: \(what) at byte \(at)")
  }

  /// The next field and its number; nil at the end.
  mutating func next() throws(TextError) -> (field: Int, value: Value)? {
    if at == bytes.endIndex { return nil }
    let tag = try varint()
    guard tag >> 3 > 0, tag >> 3 < 1 << 29 else { throw damaged("field \(tag >> 3)") }
    let field = Int(tag >> 3)
    switch tag & 7 {
    case 0: return (field, .varint(try varint()))
    case 1: return (field, .fixed64(try number(8)))
    case 2:
      let length = try varint()
      guard length <= UInt64(bytes.endIndex - at) else { throw damaged("\(length) bytes") }
      defer { at += Int(length) }
      return (field, .bytes(bytes[at..<(at + Int(length))]))
    case 5: return (field, .fixed32(UInt32(try number(4))))
    case let type: throw damaged("wire type \(type)")
    }
  }

  private mutating func varint() throws(TextError) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard at < bytes.endIndex else { throw damaged("the end of the file") }
      let byte = bytes[at]
      at += 1
      guard shift < 63 || byte < 2 else { throw damaged("a number beyond 64 bits") }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    throw damaged("a number beyond 64 bits")
  }

  private mutating func number(_ size: Int) throws(TextError) -> UInt64 {
    guard bytes.endIndex - at >= size else { throw damaged("the end of the file") }
    defer { at += size }
    return (0..<size).reduce(0) { $0 | UInt64(bytes[at + $1]) << UInt64(8 * $1) }
  }
}
