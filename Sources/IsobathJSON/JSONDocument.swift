// SPDX-License-Identifier: GPL-3.0-or-later

/// How much JSON is read.
package struct JSONLimits: Sendable {
  package var bytes: Int
  package var depth: Int

  package init(bytes: Int, depth: Int) {
    self.bytes = bytes
    self.depth = depth
  }

  /// 1 GiB, nested 128 deep.
  package static let standard = JSONLimits(bytes: 1 << 30, depth: 128)
}

/// A JSON text, checked whole and kept as bytes: strings and numbers are made when asked for.
///
/// RFC 8259, strictly: UTF-8, one value, no duplicate key, no lone surrogate, no NaN. A byte-order
/// mark at the start is skipped.
package struct JSONDocument: Sendable {
  let bytes: [UInt8]
  let tape: [JSONNode]

  /// - Throws: `JSONError` with line and column of the first problem.
  package init(_ bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONError) {
    var parser = JSONParser(bytes: bytes, limits: limits)
    tape = try parser.parse()
    self.bytes = bytes
  }

  /// The text's one value.
  package var root: JSON { JSON(document: self, index: 0) }
}

/// One value on the tape. An object's or array's parts follow it; `next` is what follows them.
struct JSONNode {
  var kind: JSON.Kind
  /// A string's content without its quotes, a number's digits.
  var start: Int32
  var end: Int32
  /// The index of the node after this value and its parts.
  var next: Int32
  /// Elements or members.
  var count: Int32
  /// Whether a string has escapes.
  var isEscaped: Bool
}
