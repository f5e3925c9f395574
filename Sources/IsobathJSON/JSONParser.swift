// SPDX-License-Identifier: GPL-3.0-or-later

/// Turns bytes into a tape in one pass, without recursion deeper than the limit.
struct JSONParser {
  let bytes: [UInt8]
  let limits: JSONLimits
  var tape: [JSONNode] = []
  var at = 0

  init(bytes: [UInt8], limits: JSONLimits) {
    self.bytes = bytes
    self.limits = limits
  }

  mutating func parse() throws(JSONError) -> [JSONNode] {
    let limit = min(limits.bytes, Int(Int32.max) - 1)
    guard bytes.count <= limit else {
      throw JSONError(
        problem: .tooLarge(bytes: bytes.count, limit: limit), offset: 0, line: 1, column: 1)
    }
    if let wrong = UTF8Check.firstError(bytes) { throw error(.notUTF8, at: wrong) }
    tape.reserveCapacity(bytes.count / 8)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    try value(depth: 0)
    skipSpace()
    guard at == bytes.count else { throw unexpected("the end of the text") }
    return tape
  }

  private mutating func value(depth: Int) throws(JSONError) {
    skipSpace()
    guard at < bytes.count else { throw unexpected("a value") }
    switch bytes[at] {
    case UInt8(ascii: "{"): try object(depth: depth + 1)
    case UInt8(ascii: "["): try array(depth: depth + 1)
    case UInt8(ascii: "\""): try string()
    case UInt8(ascii: "t"): try word("true", .bool)
    case UInt8(ascii: "f"): try word("false", .bool)
    case UInt8(ascii: "n"): try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
    default: throw unexpected("a value")
    }
  }

  private mutating func object(depth: Int) throws(JSONError) {
    let index = try open(.object, depth: depth)
    var keys = KeySet()
    var count: Int32 = 0
    while try !closes(UInt8(ascii: "}"), after: count) {
      guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { throw unexpected("a key") }
      let key = tape.count
      let keyStart = at
      try string()
      if keys.insert(tape[key], of: bytes) {
        let text = JSONText.string(bytes, tape[key])
        throw error(.duplicateKey(text), at: keyStart)
      }
      skipSpace()
      guard at < bytes.count, bytes[at] == UInt8(ascii: ":") else { throw unexpected("':'") }
      at += 1
      try value(depth: depth)
      count += 1
    }
    close(index, count)
  }

  private mutating func array(depth: Int) throws(JSONError) {
    let index = try open(.array, depth: depth)
    var count: Int32 = 0
    while try !closes(UInt8(ascii: "]"), after: count) {
      try value(depth: depth)
      count += 1
    }
    close(index, count)
  }

  private mutating func open(_ kind: JSON.Kind, depth: Int) throws(JSONError) -> Int {
    guard depth <= limits.depth else { throw error(.tooDeep(limit: limits.depth), at: at) }
    at += 1
    append(kind, start: at, end: at)
    return tape.count - 1
  }

  private mutating func close(_ index: Int, _ count: Int32) {
    tape[index].next = Int32(tape.count)
    tape[index].count = count
  }

  /// Whether the container ends here; else moves to its next part, past the comma.
  private mutating func closes(_ end: UInt8, after count: Int32) throws(JSONError) -> Bool {
    skipSpace()
    guard at < bytes.count else { throw unexpected("'\(Character(UnicodeScalar(end)))'") }
    if bytes[at] == end {
      at += 1
      return true
    }
    if count > 0 {
      guard bytes[at] == UInt8(ascii: ",") else { throw unexpected("',' or a closing bracket") }
      at += 1
      skipSpace()
    }
    return false
  }

  private mutating func word(_ word: StaticString, _ kind: JSON.Kind) throws(JSONError) {
    let length = word.utf8CodeUnitCount
    for offset in 0..<length {
      guard at + offset < bytes.count, bytes[at + offset] == word.utf8Start[offset] else {
        throw unexpected("'\(word)'")
      }
    }
    append(kind, start: at, end: at + length)
    at += length
  }

  private mutating func string() throws(JSONError) {
    at += 1
    let start = at
    var isEscaped = false
    while true {
      guard at < bytes.count else { throw unexpected("'\"'") }
      let byte = bytes[at]
      if byte == UInt8(ascii: "\"") { break }
      if byte == UInt8(ascii: "\\") {
        isEscaped = true
        at = try JSONText.skipEscape(bytes, at, error: error)
      } else if byte < 0x20 {
        throw error(.controlCharacter, at: at)
      } else {
        at += 1
      }
    }
    append(.string, start: start, end: at, isEscaped: isEscaped)
    at += 1
  }

  private mutating func number() throws(JSONError) {
    let start = at
    if bytes[at] == UInt8(ascii: "-") { at += 1 }
    let whole = digits()
    guard whole > 0 else { throw error(.badNumber, at: start) }
    let first = bytes[at - whole]
    if first == UInt8(ascii: "0"), whole > 1 { throw error(.badNumber, at: start) }
    if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
      at += 1
      guard digits() > 0 else { throw error(.badNumber, at: start) }
    }
    if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
      at += 1
      if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") {
        at += 1
      }
      guard digits() > 0 else { throw error(.badNumber, at: start) }
    }
    append(.number, start: start, end: at)
  }

  private mutating func digits() -> Int {
    let start = at
    while at < bytes.count, bytes[at] &- UInt8(ascii: "0") < 10 { at += 1 }
    return at - start
  }

  private mutating func skipSpace() {
    while at < bytes.count {
      switch bytes[at] {
      case 0x20, 0x0A, 0x0D, 0x09: at += 1
      default: return
      }
    }
  }

  private mutating func append(_ kind: JSON.Kind, start: Int, end: Int, isEscaped: Bool = false) {
    tape.append(
      JSONNode(
        kind: kind, start: Int32(start), end: Int32(end), next: Int32(tape.count + 1), count: 0,
        isEscaped: isEscaped))
  }

  private func unexpected(_ expected: String) -> JSONError {
    let found: String
    if at >= bytes.count {
      found = "the end of the text"
    } else if bytes[at] > 0x20, bytes[at] < 0x7F {
      found = "'\(Character(UnicodeScalar(bytes[at])))'"
    } else {
      found = "byte \(bytes[at])"
    }
    return error(.unexpected(found: found, expected: expected), at: at)
  }

  private func error(_ problem: JSONError.Problem, at offset: Int) -> JSONError {
    let before = bytes.prefix(offset)
    let line = before.reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) }
    let column = offset - (before.lastIndex(of: 0x0A) ?? -1)
    return JSONError(problem: problem, offset: offset, line: line, column: column)
  }
}
