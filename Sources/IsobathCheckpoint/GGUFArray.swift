// SPDX-License-Identifier: GPL-3.0-or-later

/// An array of GGUF metadata, its lengths checked; the elements stay in the file until asked for.
///
/// A vocabulary's arrays are nearly all of a header: whoever does not ask does not wait for them.
package struct GGUFArray: Sendable, Equatable {
  let type: GGUFType
  package let count: Int
  private let file: MappedFile
  private let start: Int

  init(_ type: GGUFType, count: Int, in file: MappedFile, at start: Int) {
    self.type = type
    self.count = count
    self.file = file
    self.start = start
  }

  package static func == (a: GGUFArray, b: GGUFArray) -> Bool {
    a.type == b.type && a.values == b.values
  }

  /// The elements as Int; nil when they are of another type or one does not fit.
  var ints: [Int]? {
    switch type {
    case .uint8: whole(UInt8.self)
    case .int8: whole(Int8.self)
    case .uint16: whole(UInt16.self)
    case .int16: whole(Int16.self)
    case .uint32: whole(UInt32.self)
    case .int32: whole(Int32.self)
    case .uint64: whole(UInt64.self)
    case .int64: whole(Int64.self)
    case .float32, .bool, .string, .array, .float64: nil
    }
  }

  /// The elements as Double; nil when they are no numbers.
  var doubles: [Double]? {
    switch type {
    case .float32: map(UInt32.self) { Double(Float(bitPattern: $0)) }
    case .float64: map(UInt64.self) { Double(bitPattern: $0) }
    default: ints?.map(Double.init)
    }
  }

  var bools: [Bool]? { type == .bool ? map(UInt8.self) { $0 == 1 } : nil }

  /// The elements as String; nil when they are of another type.
  ///
  /// - Parameter key: the array's key, for the error about one that is not UTF-8.
  func strings(_ key: String) throws(GGUFProblem) -> [String]? {
    guard type == .string else { return nil }
    return try texts { index, bytes throws(GGUFProblem) in
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw .notUTF8(what: "'\(key)', element \(index),")
      }
      return text
    }
  }

  /// The elements as configuration values.
  var values: [ConfigValue] {
    if type == .string { return texts { .string(String(decoding: $1, as: UTF8.self)) } }
    if let bools { return bools.map { .bool($0) } }
    return doubles?.map { .number($0) } ?? Array(repeating: .beyond, count: count)
  }

  /// Each string's bytes, converted. The reader has checked the lengths.
  private func texts<Value, Failure: Error>(
    _ convert: (Int, UnsafeRawBufferPointer) throws(Failure) -> Value
  ) throws(Failure) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(count)
    var at = start
    for index in 0..<count {
      let length = file.bytes(at..<(at + 8)).loadUnaligned(as: UInt64.self).littleEndian
      let end = at + 8 + Int(length)
      values.append(try convert(index, file.bytes((at + 8)..<end)))
      at = end
    }
    return values
  }

  private func whole<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type) -> [Int]? {
    let values = map(type) { Int(exactly: $0) }
    let fitting = values.compactMap { $0 }
    return fitting.count == count ? fitting : nil
  }

  private func map<T: FixedWidthInteger & BitwiseCopyable, Value>(
    _ type: T.Type, _ convert: (T) -> Value
  ) -> [Value] {
    let size = MemoryLayout<T>.size
    let bytes = file.bytes(start..<(start + count * size))
    return (0..<count).map {
      convert(T(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * size, as: T.self)))
    }
  }
}
