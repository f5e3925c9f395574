// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads a pickle's instructions and their arguments from front to back, inside its bytes.
struct PickleCursor {
  /// Longer than any module and name that exist.
  private static let longestName = 256

  private let bytes: UnsafeRawBufferPointer
  private(set) var at = 0
  /// Where the current instruction begins.
  private(set) var start = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var remaining: Int { bytes.count - at }

  /// The current instruction.
  var byte: UInt8 { start < bytes.count ? bytes[start] : 0 }

  mutating func opcode() throws(PickleProblem) -> PickleOpcode {
    start = at
    let byte = try number(UInt8.self)
    guard let opcode = PickleOpcode(rawValue: byte) else {
      throw .opcode(PickleOpcode.name(byte), at: start)
    }
    return opcode
  }

  private mutating func take(_ count: Int) throws(PickleProblem) -> UnsafeRawBufferPointer {
    guard count <= remaining else { throw .pastEnd(at: start) }
    defer { at += count }
    return UnsafeRawBufferPointer(rebasing: bytes[at..<(at + count)])
  }

  mutating func number<T: FixedWidthInteger & BitwiseCopyable>(
    _ type: T.Type
  ) throws(PickleProblem) -> T {
    T(littleEndian: try take(MemoryLayout<T>.size).loadUnaligned(as: T.self))
  }

  /// The one number that pickles store with its highest byte first.
  mutating func double() throws(PickleProblem) -> Double {
    Double(bitPattern: try number(UInt64.self).byteSwapped)
  }

  /// A signed number of as many bytes as its first byte says, of which 64 bits are read.
  mutating func long() throws(PickleProblem) -> Int {
    let digits = try take(Int(try number(UInt8.self)))
    guard digits.count <= 8 else { throw .largeNumber(at: start) }
    var value: Int = (digits.last ?? 0) < 0x80 ? 0 : -1
    for digit in digits.reversed() { value = value << 8 | Int(digit) }
    return value
  }

  mutating func text() throws(PickleProblem) -> String {
    let length = Int(try number(UInt32.self))
    guard let text = String(validating: try take(length), as: UTF8.self) else {
      throw .notUTF8(at: start)
    }
    return text
  }

  /// A module and a name in it, each ended by a new line.
  mutating func global() throws(PickleProblem) -> TorchGlobal {
    let name = "\(try line()).\(try line())"
    guard let global = TorchGlobal.known[name] else {
      throw .global(name, at: start)
    }
    return global
  }

  private mutating func line() throws(PickleProblem) -> String {
    let rest = bytes[at...].prefix(PickleCursor.longestName + 1)
    guard let end = rest.firstIndex(of: 0x0A) else {
      if rest.count <= PickleCursor.longestName { throw .pastEnd(at: start) }
      throw .limit("bytes in a name", most: PickleCursor.longestName, at: start)
    }
    defer { at = end + 1 }
    guard let line = String(validating: bytes[at..<end], as: UTF8.self) else {
      throw .notUTF8(at: start)
    }
    return line
  }
}
