// SPDX-License-Identifier: GPL-3.0-or-later

/// The inside of JSON strings.
enum JSONText {
  /// The bytes that a string node stands for, escapes resolved.
  static func content(_ bytes: [UInt8], _ node: JSONNode) -> [UInt8] {
    let raw = bytes[Int(node.start)..<Int(node.end)]
    return node.isEscaped ? unescaped(raw) : Array(raw)
  }

  static func string(_ bytes: [UInt8], _ node: JSONNode) -> String {
    if node.isEscaped { return String(decoding: content(bytes, node), as: UTF8.self) }
    return bytes.withUnsafeBufferPointer {
      String(decoding: $0[Int(node.start)..<Int(node.end)], as: UTF8.self)
    }
  }

  /// Checks the escape at `at` and returns where the text goes on after it.
  static func skipEscape(
    _ bytes: [UInt8], _ at: Int, error: (JSONError.Problem, Int) -> JSONError
  ) throws(JSONError) -> Int {
    guard at + 1 < bytes.count else { throw error(.badEscape, at) }
    switch bytes[at + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return at + 2
    case UInt8(ascii: "u"):
      guard let unit = hex(bytes, at + 2) else { throw error(.badEscape, at) }
      if unit & 0xF800 != 0xD800 { return at + 6 }
      guard unit < 0xDC00, at + 7 < bytes.count, bytes[at + 6] == UInt8(ascii: "\\"),
        bytes[at + 7] == UInt8(ascii: "u"), let low = hex(bytes, at + 8), low & 0xFC00 == 0xDC00
      else { throw error(.loneSurrogate, at) }
      return at + 12
    default: throw error(.badEscape, at)
    }
  }

  private static func unescaped(_ raw: ArraySlice<UInt8>) -> [UInt8] {
    let bytes = Array(raw)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var at = 0
    while at < bytes.count {
      guard bytes[at] == UInt8(ascii: "\\") else {
        result.append(bytes[at])
        at += 1
        continue
      }
      switch bytes[at + 1] {
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "f"): result.append(0x0C)
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "u"):
        let (scalar, length) = codePoint(bytes, at)
        result += Array(String(Character(scalar)).utf8)
        at += length
        continue
      case let other: result.append(other)
      }
      at += 2
    }
    return result
  }

  /// The scalar of a checked `\uXXXX` or surrogate pair, and how many bytes spell it.
  private static func codePoint(_ bytes: [UInt8], _ at: Int) -> (UnicodeScalar, Int) {
    let unit = hex(bytes, at + 2) ?? 0xFFFD
    guard unit & 0xF800 == 0xD800, let low = hex(bytes, at + 8) else {
      return (UnicodeScalar(unit) ?? "\u{FFFD}", 6)
    }
    let value = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
    return (UnicodeScalar(value) ?? "\u{FFFD}", 12)
  }

  private static func hex(_ bytes: [UInt8], _ at: Int) -> UInt32? {
    guard at + 4 <= bytes.count else { return nil }
    var value: UInt32 = 0
    for byte in bytes[at..<(at + 4)] {
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      default: return nil
      }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}

/// Whether bytes are UTF-8.
package enum UTF8Check {
  /// The offset of the first byte that is not part of well-formed UTF-8 (RFC 3629).
  package static func firstError(_ bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBufferPointer { firstError($0) }
  }

  package static func firstError(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var at = 0
    while at < bytes.count {
      let lead = bytes[at]
      if lead < 0x80 {
        at = asciiEnd(bytes, at + 1)
        continue
      }
      let (length, low, high): (Int, UInt8, UInt8)
      switch lead {
      case 0xC2...0xDF: (length, low, high) = (2, 0x80, 0xBF)
      case 0xE0: (length, low, high) = (3, 0xA0, 0xBF)
      case 0xED: (length, low, high) = (3, 0x80, 0x9F)
      case 0xE1...0xEF: (length, low, high) = (3, 0x80, 0xBF)
      case 0xF0: (length, low, high) = (4, 0x90, 0xBF)
      case 0xF1...0xF3: (length, low, high) = (4, 0x80, 0xBF)
      case 0xF4: (length, low, high) = (4, 0x80, 0x8F)
      default: return at
      }
      guard at + length <= bytes.count, (low...high).contains(bytes[at + 1]) else { return at }
      for rest in (at + 2)..<max(at + 2, at + length) where bytes[rest] & 0xC0 != 0x80 { return at }
      at += length
    }
    return nil
  }

  /// Where the ASCII from `at` on ends, eight bytes at a time.
  private static func asciiEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
    let raw = UnsafeRawBufferPointer(bytes)
    var at = at
    while at + 8 <= raw.count,
      raw.loadUnaligned(fromByteOffset: at, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
    {
      at += 8
    }
    while at < raw.count, raw[at] < 0x80 { at += 1 }
    return at
  }
}
