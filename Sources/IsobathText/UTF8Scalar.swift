// SPDX-License-Identifier: GPL-3.0-or-later

/// Characters in bytes that are known to be UTF-8.
enum UTF8Scalar {
  /// The bytes of a character that starts with this one.
  @inline(__always) static func length(_ lead: UInt8) -> Int {
    lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
  }

  /// The code point that starts at `at`, and its bytes.
  @inline(__always) static func at(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int
  ) -> (value: UInt32, length: Int) {
    let lead = bytes[at]
    if lead < 0x80 { return (UInt32(lead), 1) }
    let length = length(lead)
    var value = UInt32(lead) & (0xFF >> UInt32(length + 1))
    for next in 1..<length where at + next < bytes.count {
      value = value << 6 | UInt32(bytes[at + next] & 0x3F)
    }
    return (value, min(length, bytes.count - at))
  }

  /// The code point that ends before `end`, which is not 0, and its bytes.
  static func before(
    _ bytes: UnsafeBufferPointer<UInt8>, _ end: Int
  ) -> (value: UInt32, length: Int) {
    var start = end - 1
    while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    return at(bytes, start)
  }

  /// Visits the code points with the offsets of their first bytes and of the bytes behind them.
  @inline(__always) static func forEach<E: Error>(
    _ bytes: UnsafeBufferPointer<UInt8>, _ body: (UInt32, Range<Int>) throws(E) -> Void
  ) throws(E) {
    var at = 0
    while at < bytes.count {
      let (value, length) = UTF8Scalar.at(bytes, at)
      try body(value, at..<(at + length))
      at += length
    }
  }

  /// Appends a code point as UTF-8.
  @inline(__always) static func append(_ value: UInt32, to bytes: inout [UInt8]) {
    if value < 0x80 {
      bytes.append(UInt8(value))
    } else if value < 0x800 {
      bytes.append(0xC0 | UInt8(value >> 6))
      bytes.append(0x80 | UInt8(value & 0x3F))
    } else if value < 0x10000 {
      bytes.append(0xE0 | UInt8(value >> 12))
      bytes.append(0x80 | UInt8(value >> 6 & 0x3F))
      bytes.append(0x80 | UInt8(value & 0x3F))
    } else {
      bytes.append(0xF0 | UInt8(value >> 18 & 0x07))
      bytes.append(0x80 | UInt8(value >> 12 & 0x3F))
      bytes.append(0x80 | UInt8(value >> 6 & 0x3F))
      bytes.append(0x80 | UInt8(value & 0x3F))
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The bytes of a range, as a buffer of their own.
  @inline(__always) func part(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: self[range])
  }
}
