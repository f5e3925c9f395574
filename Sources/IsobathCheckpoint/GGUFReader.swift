// SPDX-License-Identifier: GPL-3.0-or-later

/// A tensor as a GGUF header describes it, before its place is checked.
struct GGUFTensorEntry {
  let name: String
  /// Innermost dimension first, as the file has it.
  let extents: [Int]
  let type: ElementType
  let offset: UInt64
}

/// Reads a GGUF header from front to back; every length is compared with the bytes that remain.
struct GGUFReader {
  private let file: MappedFile
  private(set) var at = 0

  init(_ file: MappedFile) { self.file = file }

  private var remaining: Int { file.count - at }

  mutating func header() throws(GGUFProblem) -> (version: Int, tensors: Int, keys: Int) {
    let start = Array(file.bytes(0..<min(4, file.count)))
    guard start == Array("GGUF".utf8) else { throw .notGGUF(start: start) }
    at = 4
    let version = Int(try number(UInt32.self, "the version"))
    if version & 0xFFFF == 0 { throw .bigEndian }
    guard (2...3).contains(version) else { throw .version(version) }
    // The smallest tensor entry takes 24 bytes, the smallest key 13.
    let tensors = try count("tensors", smallest: 24)
    return (version, tensors, try count("keys", smallest: 13))
  }

  private mutating func count(_ what: String, smallest: Int) throws(GGUFProblem) -> Int {
    let found = try number(Int64.self, "the number of \(what)")
    guard found >= 0, found <= remaining / smallest else {
      throw .badCount(what: what, found: found)
    }
    return Int(found)
  }

  mutating func metadata(_ count: Int) throws(GGUFProblem) -> [String: GGUFValue] {
    var found: [String: GGUFValue] = [:]
    found.reserveCapacity(count)
    for _ in 0..<count {
      let key = try string("a key")
      guard !key.isEmpty, key.utf8.count <= 65535 else { throw .badKey(String(key.prefix(80))) }
      let type = Int(try number(UInt32.self, "the type of '\(key)'"))
      let value = try type == 9 ? array(key) : scalar(key, type)
      guard found.updateValue(value, forKey: key) == nil else { throw .duplicateKey(key) }
    }
    return found
  }

  mutating func tensors(_ count: Int) throws(GGUFProblem) -> [GGUFTensorEntry] {
    var found: [GGUFTensorEntry] = []
    found.reserveCapacity(count)
    for _ in 0..<count {
      let name = try string("a tensor's name")
      guard !name.isEmpty, name.utf8.count < 64 else {
        throw .badTensorName(String(name.prefix(80)))
      }
      let dimensions = Int(try number(UInt32.self, "the dimensions of '\(name)'"))
      guard (1...4).contains(dimensions) else {
        throw .dimensions(tensor: name, count: dimensions)
      }
      var extents: [Int] = []
      for _ in 0..<dimensions {
        let extent = try number(Int64.self, "the shape of '\(name)'")
        guard extent >= 0 else { throw .shape(tensor: name, what: "a dimension is \(extent)") }
        extents.append(Int(extent))
      }
      let type = Int(try number(UInt32.self, "the type of '\(name)'"))
      guard let element = ElementType.gguf[type] else {
        throw .tensorType(tensor: name, type: ElementType.unreadGGUF[type] ?? "type \(type)")
      }
      let offset = try number(UInt64.self, "the offset of '\(name)'")
      found.append(GGUFTensorEntry(name: name, extents: extents, type: element, offset: offset))
    }
    return found
  }

  private mutating func scalar(_ key: String, _ type: Int) throws(GGUFProblem) -> GGUFValue {
    switch type {
    case 0: return .int(Int(try number(UInt8.self, key)))
    case 1: return .int(Int(try number(Int8.self, key)))
    case 2: return .int(Int(try number(UInt16.self, key)))
    case 3: return .int(Int(try number(Int16.self, key)))
    case 4: return .int(Int(try number(UInt32.self, key)))
    case 5: return .int(Int(try number(Int32.self, key)))
    case 6: return .double(Double(Float(bitPattern: try number(UInt32.self, key))))
    case 7: return .bool(try bool(key))
    case 8: return .string(try string(key))
    case 10:
      let value = try number(UInt64.self, key)
      return Int(exactly: value).map { .int($0) } ?? .large(value)
    case 11: return .int(Int(try number(Int64.self, key)))
    case 12: return .double(Double(bitPattern: try number(UInt64.self, key)))
    default: throw .valueType(key: key, type: type)
    }
  }

  private mutating func array(_ key: String) throws(GGUFProblem) -> GGUFValue {
    let type = Int(try number(UInt32.self, "the type of '\(key)'"))
    if type == 9 { throw .nestedArray(key: key) }
    guard (0...12).contains(type) else { throw .valueType(key: key, type: type) }
    let smallest = [1, 1, 2, 2, 4, 4, 4, 1, 8, 0, 8, 8, 8][type]
    let length = try number(UInt64.self, "the length of '\(key)'")
    guard length <= UInt64(remaining / smallest) else { throw .pastEnd(what: "'\(key)'", offset: at) }
    let values = try many(Int(length)) { reader throws(GGUFProblem) in
      try reader.scalar(key, type)
    }
    switch type {
    case 6, 12: return .doubles(values.compactMap(\.double))
    case 7: return .bools(values.compactMap(\.bool))
    case 8: return .strings(values.compactMap(\.string))
    default:
      let whole = values.compactMap(\.int)
      guard whole.count == values.count else {
        throw .wrongType(key: key, found: "a number beyond 63 bits", expected: "a whole number")
      }
      return .ints(whole)
    }
  }

  private mutating func many(
    _ count: Int, _ read: (inout GGUFReader) throws(GGUFProblem) -> GGUFValue
  ) throws(GGUFProblem) -> [GGUFValue] {
    var values: [GGUFValue] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(try read(&self)) }
    return values
  }

  private mutating func bool(_ key: String) throws(GGUFProblem) -> Bool {
    let value = try number(UInt8.self, key)
    guard value <= 1 else { throw .badBool(key: key, value: Int(value)) }
    return value == 1
  }

  private mutating func string(_ what: String) throws(GGUFProblem) -> String {
    let length = try number(UInt64.self, what)
    guard length <= UInt64(remaining) else { throw .pastEnd(what: what, offset: at) }
    let bytes = file.bytes(at..<(at + Int(length)))
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8(what: what) }
    at += Int(length)
    return text
  }

  private mutating func number<T: FixedWidthInteger & BitwiseCopyable>(
    _ type: T.Type, _ what: String
  ) throws(GGUFProblem) -> T {
    let size = MemoryLayout<T>.size
    guard size <= remaining else { throw .pastEnd(what: what, offset: at) }
    defer { at += size }
    return T(littleEndian: file.bytes(at..<(at + size)).loadUnaligned(as: T.self))
  }
}
