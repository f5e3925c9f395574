// SPDX-License-Identifier: GPL-3.0-or-later

/// A value in a JSON document: a cursor that costs nothing to pass on.
package struct JSON: Sendable {
  /// The six kinds of values.
  package enum Kind: String, Sendable {
    case null
    case bool
    case number
    case string
    case array
    case object
  }

  let document: JSONDocument
  let index: Int

  private var node: JSONNode { document.tape[index] }

  package var kind: Kind { node.kind }
  package var isNull: Bool { kind == .null }
  /// Elements of an array or members of an object, else 0.
  package var count: Int { Int(node.count) }

  /// A string's text, nil for another kind.
  package var string: String? {
    kind == .string ? JSONText.string(document.bytes, node) : nil
  }

  /// A string's bytes, escapes resolved, nil for another kind.
  package var bytes: [UInt8]? {
    kind == .string ? JSONText.content(document.bytes, node) : nil
  }

  package var bool: Bool? {
    kind == .bool ? document.bytes[Int(node.start)] == UInt8(ascii: "t") : nil
  }

  /// A number that is spelled as a whole one, without fraction or exponent, within Int; nil otherwise.
  package var int: Int? { kind == .number ? Int(digits) : nil }

  /// A finite number; nil for another kind and for a number beyond float64.
  package var double: Double? {
    guard kind == .number, let value = Double(digits), value.isFinite else { return nil }
    return value
  }

  private var digits: String { JSONText.string(document.bytes, node) }

  /// The member with this key.
  package subscript(key: String) -> JSON? {
    guard kind == .object else { return nil }
    let wanted = Array(key.utf8)
    var at = index + 1
    for _ in 0..<count {
      let name = document.tape[at]
      if JSONText.content(document.bytes, name) == wanted {
        return JSON(document: document, index: at + 1)
      }
      at = Int(document.tape[at + 1].next)
    }
    return nil
  }

  /// An object's members in the order of the text; empty for another kind.
  package var members: [(key: String, value: JSON)] {
    guard kind == .object else { return [] }
    var found: [(key: String, value: JSON)] = []
    found.reserveCapacity(count)
    var at = index + 1
    for _ in 0..<count {
      let key = JSONText.string(document.bytes, document.tape[at])
      found.append((key, JSON(document: document, index: at + 1)))
      at = Int(document.tape[at + 1].next)
    }
    return found
  }

  /// An array's elements; empty for another kind.
  package var elements: [JSON] {
    guard kind == .array else { return [] }
    var found: [JSON] = []
    found.reserveCapacity(count)
    var at = index + 1
    for _ in 0..<count {
      found.append(JSON(document: document, index: at))
      at = Int(document.tape[at].next)
    }
    return found
  }

  /// Visits an object's members without making strings of their keys: for large vocabularies.
  package func forEachMember<E: Error>(
    _ body: (_ key: [UInt8], _ value: JSON) throws(E) -> Void
  ) throws(E) {
    guard kind == .object else { return }
    var at = index + 1
    for _ in 0..<count {
      let key = JSONText.content(document.bytes, document.tape[at])
      try body(key, JSON(document: document, index: at + 1))
      at = Int(document.tape[at + 1].next)
    }
  }

  /// Visits an array's elements without making an array of them.
  package func forEachElement<E: Error>(
    _ body: (_ index: Int, _ value: JSON) throws(E) -> Void
  ) throws(E) {
    guard kind == .array else { return }
    var at = index + 1
    for number in 0..<count {
      try body(number, JSON(document: document, index: at))
      at = Int(document.tape[at].next)
    }
  }
}
