// SPDX-License-Identifier: GPL-3.0-or-later

/// A tensor as a GGUF header describes it, before its place is checked.
struct GGUFTensorEntry {
  let name: String
  /// Innermost dimension first, as the file has it.
  let extents: [Int]
  let type: ElementType
  let offset: UInt64
}

/// Reads a GGUF header in one pass, from its first byte to the end of the tensors' descriptions.
struct GGUFReader {
  /// Far above what any model has, and few enough to hold.
  private static let (mostKeys, mostTensors) = (1 << 16, 1 << 18)
  /// Longer arrays are a vocabulary's.
  private static let longestSetting = 1 << 16
  private var cursor: GGUFCursor

  init(_ file: MappedFile) { cursor = GGUFCursor(file) }

  /// Where the next byte is.
  var at: Int { cursor.at }

  mutating func header() throws(GGUFProblem) -> (version: Int, tensors: Int, keys: Int) {
    let start = Array(cursor.file.bytes(0..<min(4, cursor.file.count)))
    guard start == Array("GGUF".utf8) else { throw .notGGUF(start: start) }
    _ = try cursor.take(4, of: 1, "its first word")
    let version = Int(try cursor.number(UInt32.self, "the version"))
    if version > 0, version & 0xFFFF == 0 { throw .bigEndian }
    guard (2...3).contains(version) else { throw .version(version) }
    let tensors = try count("tensors", most: GGUFReader.mostTensors)
    return (version, tensors, try count("keys", most: GGUFReader.mostKeys))
  }

  private mutating func count(_ what: String, most: Int) throws(GGUFProblem) -> Int {
    let found = try cursor.number(Int64.self, "the number of \(what)")
    guard (0...Int64(most)).contains(found) else { throw .badCount(what: what, found: found) }
    return Int(found)
  }

  mutating func metadata(_ count: Int) throws(GGUFProblem) -> [String: GGUFValue] {
    var found: [String: GGUFValue] = [:]
    for index in 0..<count {
      let bytes = try cursor.bytes("key \(index)")
      let key = String(decoding: bytes, as: UTF8.self)
      // The format says ASCII; printable, because messages show keys.
      guard (1...65535).contains(bytes.count), bytes.allSatisfy({ (0x21...0x7E).contains($0) })
      else { throw .badKey(String(key.prefix(80))) }
      let value = try value(key, type(key))
      guard found.updateValue(value, forKey: key) == nil else { throw .duplicateKey(key) }
    }
    return found
  }

  private mutating func type(_ key: String) throws(GGUFProblem) -> GGUFType {
    let found = try cursor.number(UInt32.self, "the type of '\(key)'")
    guard let type = GGUFType(rawValue: found) else {
      throw .valueType(key: key, type: Int(found))
    }
    return type
  }

  private mutating func value(_ key: String, _ type: GGUFType) throws(GGUFProblem) -> GGUFValue {
    let what = "'\(key)'"
    return switch type {
    case .uint8: .int(Int(try cursor.number(UInt8.self, what)))
    case .int8: .int(Int(try cursor.number(Int8.self, what)))
    case .uint16: .int(Int(try cursor.number(UInt16.self, what)))
    case .int16: .int(Int(try cursor.number(Int16.self, what)))
    case .uint32: .int(Int(try cursor.number(UInt32.self, what)))
    case .int32: .int(Int(try cursor.number(Int32.self, what)))
    case .int64: .int(Int(try cursor.number(Int64.self, what)))
    case .uint64: large(try cursor.number(UInt64.self, what))
    case .float32: .double(Double(Float(bitPattern: try cursor.number(UInt32.self, what))))
    case .float64: .double(Double(bitPattern: try cursor.number(UInt64.self, what)))
    case .bool: .bool(try bool(key, cursor.number(UInt8.self, what)))
    case .string: .string(try cursor.string(what))
    case .array: .array(try array(key))
    }
  }

  private func large(_ value: UInt64) -> GGUFValue {
    Int(exactly: value).map { .int($0) } ?? .large(value)
  }

  private func bool(_ key: String, _ byte: UInt8) throws(GGUFProblem) -> Bool {
    guard byte <= 1 else { throw .badBool(key: key, value: Int(byte)) }
    return byte == 1
  }

  private mutating func array(_ key: String) throws(GGUFProblem) -> GGUFArray {
    let type = try type(key)
    if type == .array { throw .nestedArray(key: key) }
    let length = try cursor.number(UInt64.self, "the length of '\(key)'")
    let start = at
    let place = try cursor.take(length, of: type.smallest, "'\(key)'")
    let count = Int(length)
    let isVocabulary = key.hasPrefix("tokenizer.")
    guard isVocabulary || count <= GGUFReader.longestSetting else {
      throw .longArray(key: key, count: count, limit: GGUFReader.longestSetting)
    }
    switch type {
    case .bool: for byte in cursor.file.bytes(place) { _ = try bool(key, byte) }
    case .string:
      // One by one: each says how far the next one is. A vocabulary's text is checked when asked for.
      cursor = GGUFCursor(cursor.file, from: start)
      for _ in 0..<count {
        if isVocabulary {
          _ = try cursor.bytes("'\(key)'")
        } else {
          _ = try cursor.string("'\(key)'")
        }
      }
    default: break
    }
    return GGUFArray(type, count: count, in: cursor.file, at: start)
  }

  mutating func tensors(_ count: Int) throws(GGUFProblem) -> [GGUFTensorEntry] {
    var found: [GGUFTensorEntry] = []
    var names: Set<String> = []
    for index in 0..<count {
      let entry = try tensor(index)
      guard names.insert(entry.name).inserted else { throw .duplicateTensor(entry.name) }
      found.append(entry)
    }
    return found
  }

  private mutating func tensor(_ index: Int) throws(GGUFProblem) -> GGUFTensorEntry {
    let name = try cursor.string("the name of tensor \(index)")
    guard (1..<64).contains(name.utf8.count), name.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
    else { throw .badTensorName(String(name.prefix(80))) }
    let dimensions = Int(try cursor.number(UInt32.self, "the dimensions of '\(name)'"))
    guard dimensions <= 4 else { throw .dimensions(tensor: name, count: dimensions) }
    var extents: [Int] = []
    for _ in 0..<dimensions {
      let extent = Int(try cursor.number(Int64.self, "the shape of '\(name)'"))
      guard extent > 0 else { throw .shape(tensor: name, what: "a dimension is \(extent)") }
      extents.append(extent)
    }
    let type = Int(try cursor.number(UInt32.self, "the type of '\(name)'"))
    guard let element = ElementType.gguf[type] else {
      throw .tensorType(tensor: name, type: ElementType.unreadGGUF[type] ?? "type \(type)")
    }
    let offset = try cursor.number(UInt64.self, "the offset of '\(name)'")
    return GGUFTensorEntry(name: name, extents: extents, type: element, offset: offset)
  }
}
