// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON
import Testing

/// What RFC 8259 allows, down to its edges.
@Suite struct AcceptedTests {
  @Test(arguments: [
    ("null", JSON.Kind.null), ("true", .bool), (" false\n", .bool), ("\t0\r\n", .number),
    ("\"\"", .string), ("[]", .array), ("{}", .object), ("[ ]", .array), ("{ }", .object),
  ])
  func aTextIsAnyValue(_ text: String, _ kind: JSON.Kind) throws {
    #expect(try json(text).kind == kind)
  }

  @Test func aByteOrderMarkIsSkipped() throws {
    let root = try JSONDocument([0xEF, 0xBB, 0xBF] + Array(#"{"a":1}"#.utf8)).root
    #expect(root["a"]?.int == 1)
  }

  @Test(arguments: [
    (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\u00E9""#, "A\u{E9}\u{E9}"),
    (#""\u0000""#, "\u{0}"), (#""\uD83D\uDE00""#, "\u{1F600}"), (#""\ud800\udc00""#, "\u{10000}"),
    (#""\uDBFF\uDFFF""#, "\u{10FFFF}"), (#""\uFFFF""#, "\u{FFFF}"),
    (#""\uD7FF\uE000""#, "\u{D7FF}\u{E000}"),
    ("\"\u{7F}\u{80}\u{2028}\u{FEFF}\"", "\u{7F}\u{80}\u{2028}\u{FEFF}"),
    ("\"é 漢 😀\"", "é 漢 😀"), (#""\\u0041""#, "\\u0041"),
  ])
  func strings(_ text: String, _ expected: String) throws {
    let root = try json(text)
    // Swift's == compares up to canonical equivalence: the bytes say more.
    #expect(root.string.map { Array($0.utf8) } == Array(expected.utf8))
    #expect(root.bytes == Array(expected.utf8))
  }

  @Test(arguments: [
    ("0", 0), ("-0", 0), ("9223372036854775807", Int.max), ("-9223372036854775808", Int.min),
    ("9007199254740993", 9_007_199_254_740_993),
  ])
  func wholeNumbersAreExact(_ text: String, _ expected: Int) throws {
    #expect(try json(text).int == expected)
  }

  @Test(arguments: [
    "9223372036854775808", "-9223372036854775809", "0.5", "1e400", "1e-400", "-1.5", "1e3", "1.0",
    "1E+2", "0e99",
  ])
  func theRestIsNoInt(_ text: String) throws {
    #expect(try json(text).int == nil)
  }

  @Test func numbersAreFiniteOrNothing() throws {
    #expect(try json("1e400").double == nil)
    #expect(try json("-1e400").double == nil)
    #expect(try json("1e400").kind == .number)
    #expect(try json("1.7976931348623157e308").double == Double.greatestFiniteMagnitude)
    #expect(try json("5e-324").double == Double.leastNonzeroMagnitude)
    #expect(try json("0.1").double == 0.1)
    #expect(try json("-0").double?.sign == .minus)
    #expect(try json("-0.0").double?.sign == .minus)
  }

  @Test func otherKindsGiveNil() throws {
    let root = try json(#"{"s":"1","n":1,"z":null,"b":true}"#)
    #expect(root["s"]?.int == nil && root["s"]?.double == nil && root["s"]?.bool == nil)
    #expect(root["n"]?.string == nil && root["n"]?.bytes == nil)
    #expect(root["z"]?.isNull == true && root["absent"] == nil)
    #expect(root["n"]?["a"] == nil && root["b"]?.elements.isEmpty == true)
    #expect(root["b"]?.bool == true && root["n"]?.members.isEmpty == true)
  }

  @Test func theOrderOfTheTextIsKept() throws {
    let root = try json(#"{"b":[1,[2,{"x":3}],"4"],"a":{"y":{}},"":null}"#)
    #expect(root.members.map(\.key) == ["b", "a", ""])
    #expect(root["b"]?.elements.map(\.kind) == [.number, .array, .string])
    #expect(root["b"]?.elements[1].elements[1]["x"]?.int == 3)
    #expect(root["a"]?.count == 1 && root[""]?.isNull == true)
    var keys: [String] = []
    root.forEachMember { key, _ in keys.append(String(decoding: key, as: UTF8.self)) }
    #expect(keys == ["b", "a", ""])
  }

  /// Keys are compared as bytes: Unicode's equivalents are different keys.
  @Test func equivalentKeysAreDifferent() throws {
    let root = try json("{\"\u{E9}\":1,\"e\u{301}\":2}")
    #expect(root["\u{E9}"]?.int == 1)
    #expect(root["e\u{301}"]?.int == 2)
  }

  @Test func escapedKeysAreFound() throws {
    #expect(try json(#"{"\u0061b":7}"#)["ab"]?.int == 7)
  }
}
