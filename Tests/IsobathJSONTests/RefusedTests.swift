// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON
import Testing

/// What RFC 8259 does not allow, and what cannot be trusted.
@Suite struct RefusedTests {
  @Test(arguments: [
    "", " ", "nul", "nulll", "True", "NaN", "Infinity", "[1,]", "[,1]", "[1 2]", "[",
    "]", "{", "}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,}", "{a:1}", "{1:2}", "{'a':1}", "[1}",
    "{\"a\":1]", "1 2", "{}{}", "// c\n1", "/**/1", "\u{A0}1", "[1\u{B}]", "\u{0}", "'a'",
    "\u{FEFF}\u{FEFF}1",
  ])
  func syntax(_ text: String) {
    switch problem(text)?.problem {
    case .unexpected, nil: break
    case let other: Issue.record("'\(text)' was refused as \(String(describing: other))")
    }
  }

  @Test(arguments: [
    "-", "-a", "-Infinity", "01", "-01", "00", "1.", "1.e3", "1e", "1e+", "1E-", "-.5",
  ])
  func numbers(_ text: String) {
    #expect(problem(text)?.problem == .badNumber)
  }

  @Test(arguments: [".5", "+1", "1.2.3", "0x10", "1_000", "1e5.5"])
  func textsThatOnlyLookLikeNumbers(_ text: String) {
    #expect(problem(text) != nil)
  }

  @Test(arguments: [
    #""\a""#, #""\u12""#, #""\u12G4""#, #""\U0041""#, #""\x41""#, #""\u+041""#, "\"\\",
  ])
  func escapes(_ text: String) {
    #expect(problem(text)?.problem == .badEscape)
  }

  @Test(arguments: [
    #""\uD800""#, #""\uDC00""#, #""\uD800\uD800""#, #""\uD800x""#, #""\uD800\n""#,
    #""\uDFFF\uD800""#,
    #""\uD83D\u0041""#, #""\uD83D\u""#,
  ])
  func halvesOfPairs(_ text: String) {
    #expect(problem(text)?.problem == .loneSurrogate)
  }

  @Test(arguments: 0..<0x20) func rawControlCharacters(_ byte: Int) {
    let found = problem([0x22, UInt8(byte), 0x22])
    #expect(found?.problem == .controlCharacter)
    #expect(found?.offset == 1)
  }

  @Test(
    arguments: [
      [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xC3, 0x28], [0xE0, 0x80, 0x80],
      [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80],
      [0xF0, 0x9F, 0x98],
      [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFE], [0xFF], [0xF0, 0x9F, 0x28, 0x80],
    ] as [[UInt8]])
  func notUTF8(_ wrong: [UInt8]) {
    for tail in [[0x22], []] as [[UInt8]] {
      let found = problem([0x22, 0x41] + wrong + tail)
      #expect(found?.problem == .notUTF8)
      #expect(found?.offset == 2)
    }
    #expect(problem([0xFF, 0xFE, 0x31, 0x00])?.problem == .notUTF8)
  }

  @Test(arguments: [
    (#"{"a":1,"a":2}"#, "a"), (#"{"a":1,"\u0061":2}"#, "a"), (#"{"\/":1,"/":2}"#, "/"),
    (#"{"😀":1,"\ud83d\ude00":2}"#, "😀"), (#"{"":1,"":2}"#, ""),
    (#"[{"x":{"k":1,"b":2,"k":3}}]"#, "k"),
  ])
  func duplicateKeys(_ text: String, _ key: String) {
    #expect(problem(text)?.problem == .duplicateKey(key))
  }

  /// Large objects are checked by hashes, small ones by a list: both on either side of the border.
  @Test(arguments: [2, 15, 16, 17, 18, 400]) func duplicateKeysOfLargeObjects(_ count: Int) throws {
    let members = (0..<count).map { "\"key\($0)\":\($0)" }
    #expect(try json("{\(members.joined(separator: ","))}").count == count)
    for twice in [0, count / 2, count - 1] {
      let text = "{\(members.joined(separator: ",")),\"\\u006bey\(twice)\":0}"
      #expect(problem(text)?.problem == .duplicateKey("key\(twice)"))
    }
  }

  @Test func sameKeyInDifferentObjectsIsFine() throws {
    #expect(try json(#"{"a":{"a":[{"a":1},{"a":2}]}}"#)["a"]?["a"]?.count == 2)
  }

  @Test(arguments: [("[", "]"), ("{\"a\":", "}")]) func nesting(_ open: String, _ close: String)
    throws
  {
    let nested = { (depth: Int) in
      String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
    }
    _ = try json(nested(128))
    #expect(problem(nested(129))?.problem == .tooDeep(limit: 128))
    #expect(problem(String(repeating: open, count: 1_000_000))?.problem == .tooDeep(limit: 128))
    // Depth, not number: siblings are free.
    _ = try json("[" + [String](repeating: nested(100), count: 50).joined(separator: ",") + "]")
  }

  @Test func sizeIsLimited() {
    let limits = JSONLimits(bytes: 4, depth: 8)
    #expect(problem(Array("[1,2]".utf8), limits: limits)?.problem == .tooLarge(bytes: 5, limit: 4))
  }

  @Test func theMessageSaysWhere() throws {
    let found = try #require(problem("{\n  \"a\": 1,\n  \"b\" 2\n}"))
    #expect((found.line, found.column, found.offset) == (3, 7, 18))
    #expect(found.description == "line 3, column 7: found '2', expected ':'")
    let end = try #require(problem("[1"))
    #expect(end.description.contains("the end of the text"))
  }
}
