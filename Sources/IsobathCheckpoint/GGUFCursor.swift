// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads little-endian values from front to back; every length is compared with the bytes that remain.
struct GGUFCursor {
  /// Headers end before this byte, so that a false length cannot ask for all memory. The largest
  /// vocabularies take a tenth of it.
  static let longestHeader = 1 << 27

  let file: MappedFile
  private(set) var at: Int
  private let end: Int

  init(_ file: MappedFile, from start: Int = 0) {
    self.file = file
    at = start
    end = min(file.count, GGUFCursor.longestHeader)
  }

  var remaining: Int { end - at }

  /// Steps over `count` elements of at least `size` bytes each, and says where they are.
  mutating func take(
    _ count: UInt64, of size: Int, _ what: @autoclosure () -> String
  ) throws(GGUFProblem) -> Range<Int> {
    guard count <= UInt64(remaining / size) else {
      if count <= UInt64((file.count - at) / size) {
        throw .longHeader(limit: GGUFCursor.longestHeader)
      }
      throw .pastEnd(what: what(), offset: at)
    }
    defer { at += Int(count) * size }
    return at..<(at + Int(count) * size)
  }

  mutating func number<T: FixedWidthInteger & BitwiseCopyable>(
    _ type: T.Type, _ what: @autoclosure () -> String
  ) throws(GGUFProblem) -> T {
    let place = try take(1, of: MemoryLayout<T>.size, what())
    return T(littleEndian: file.bytes(place).loadUnaligned(as: T.self))
  }

  /// The bytes of a string.
  mutating func bytes(
    _ what: @autoclosure () -> String
  ) throws(GGUFProblem) -> UnsafeRawBufferPointer {
    let length = try number(UInt64.self, what())
    return file.bytes(try take(length, of: 1, what()))
  }

  mutating func string(_ what: @autoclosure () -> String) throws(GGUFProblem) -> String {
    guard let text = String(validating: try bytes(what()), as: UTF8.self) else {
      throw .notUTF8(what: what())
    }
    return text
  }
}
