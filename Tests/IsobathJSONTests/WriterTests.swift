// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON
import Testing

/// What is written is read back as the same thing.
@Suite struct WriterTests {
  @Test(arguments: [
    (0.0, "0.0"), (-0.0, "-0.0"), (1.0, "1.0"), (-3.0, "-3.0"), (0.1, "0.1"), (0.5, "0.5"),
    (1.0 / 3.0, "0.3333333333333333"), (.leastNonzeroMagnitude, "5e-324"),
    (123_456_789_012_345.0, "123456789012345.0"),
    (1e16, "1e+16"), (1.7976931348623157e308, "1.7976931348623157e+308"),
  ])
  func doublesAreShort(_ value: Double, _ text: String) throws {
    #expect(JSONValue.number(value) == text)
    #expect(try json(text).double?.bitPattern == value.bitPattern)
  }

  @Test func everyFiniteDoubleComesBack() throws {
    var random = SplitMix(state: 3)
    for _ in 0..<50_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      let text = JSONValue.double(value).serialized()
      let back = try json(text).double
      #expect(back?.bitPattern == value.bitPattern, "\(text)")
    }
  }

  @Test(arguments: [0, -1, Int.max, Int.min, 9_007_199_254_740_993]) func ints(_ value: Int) throws
  {
    #expect(try json(JSONValue.int(value).serialized()).int == value)
  }

  @Test func controlCharactersAreEscaped() throws {
    let scalars =
      (0..<0xA0).compactMap { UnicodeScalar(UInt32($0)) } + [
        "\u{2028}", "\u{2029}", "😀", "\u{FEFF}",
      ]
    for scalar in scalars {
      let text = JSONValue.string(String(Character(scalar))).serialized()
      let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
      if isControl { #expect(text.unicodeScalars.allSatisfy { $0.isASCII && $0.value >= 0x20 }) }
      #expect(try json(text).bytes == Array(String(Character(scalar)).utf8), "\(scalar.value)")
    }
    #expect(JSONValue.string("\u{1B}[31m").serialized() == #""\u001b[31m""#)
    #expect(JSONValue.string("a\"\\\n\r\t/").serialized() == #""a\"\\\n\r\t/""#)
    // A carriage return and a line feed are one Character and two scalars.
    #expect(JSONValue.string("\r\n").serialized() == #""\r\n""#)
  }

  @Test func structure() throws {
    let value = JSONValue.object([
      ("b", .array([.null, .bool(true), .bool(false)])), ("a", .object([])), ("\"", .array([])),
    ])
    #expect(value.serialized() == #"{"b":[null,true,false],"a":{},"\"":[]}"#)
    let pretty = """
      {
        "b": [
          null,
          true,
          false
        ],
        "a": {},
        "\\"": []
      }
      """
    #expect(value.serialized(pretty: true) == pretty)
    let back = try json(pretty)
    #expect(back.members.map(\.key) == ["b", "a", "\""])
  }
}
