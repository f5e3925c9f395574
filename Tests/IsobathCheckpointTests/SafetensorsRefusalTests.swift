// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathJSON
import Testing

/// Bad safetensors files: which error, and a sentence that says it and names the file.
@Suite struct SafetensorsRefusalTests {
  typealias Bytes = SafetensorsBytes

  private func problem(
    _ bytes: [UInt8], says part: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> SafetensorsProblem? {
    let path = try Scratch().write("model.safetensors", bytes)
    let error = refusal(sourceLocation: sourceLocation) { () throws(CheckpointError) in
      try TensorSource.safetensors(path)
    }
    expectSentence(error, names: path, says: part, sourceLocation: sourceLocation)
    guard case .safetensors(let problem, _) = error else { return nil }
    return problem
  }

  /// A name may hold anything; a message is one line, and commands no terminal.
  @Test func namesThatControlTheTerminal() throws {
    let name = #"a\n\u001b[2J\u202e\u2028"#
    let header = "{\(SafetensorsBytes.entry(name, "F99"))}"
    let path = try Scratch().write("m.safetensors", SafetensorsBytes.file(header, data: 4))
    let error = refusal { () throws(CheckpointError) in try TensorSource.safetensors(path) }
    expectSentence(error, names: path, says: #"'a\u{a}\u{1b}[2J\u{202e}\u{2028}'"#)
    #expect(error?.description.unicodeScalars.allSatisfy { $0.value >= 0x20 } == true)
  }

  @Test(arguments: [0, 1, 7]) func tooSmall(_ count: Int) throws {
    let found = try problem([UInt8](repeating: 1, count: count), says: "\(count) bytes cannot hold")
    #expect(found == .tooSmall(bytes: count))
  }

  @Test(arguments: [100_000_001, 1 << 63, UInt64.max, UInt64(Int.max)])
  func headerTooLarge(_ length: UInt64) throws {
    let bytes = Bytes.file(header: Array("{}".utf8), claiming: length)
    #expect(try problem(bytes, says: "claims \(length) bytes") == .headerTooLarge(bytes: length))
  }

  @Test(arguments: [3, 100_000_000] as [UInt64]) func headerPastTheEnd(_ length: UInt64) throws {
    let bytes = Bytes.file(header: Array("{}".utf8), claiming: length)
    let found = try problem(bytes, says: "the file has 10")
    #expect(found == .headerPastEnd(header: length, file: 10))
  }

  @Test(arguments: ["", "[]", " {}", "null", "\u{FEFF}{}"]) func headerNotAnObject(_ header: String)
    throws
  {
    #expect(try problem(Bytes.file(header), says: "not a JSON object") == .headerNotAnObject)
  }

  @Test(arguments: [
    ("{} x", "found 'x'"), ("{}{}", "found '{'"), ("{", "end of the text"),
    ("{\"a\":NaN}", "found 'N'"),
    ("{}\0\0", "byte 0"),
    ("{\(Bytes.entry("a")),\(Bytes.entry("a"))}", "'a' stands twice"),
    ("{\(Bytes.entry("a")),\(Bytes.entry("\\u0061"))}", "'a' stands twice"),
    (
      "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
      "'dtype' stands"
    ),
  ])
  func headerIsNotJSON(_ header: String, _ part: String) throws {
    guard case .header = try problem(Bytes.file(header, data: 4), says: part) else {
      Issue.record("another problem")
      return
    }
  }

  @Test func headerIsNotUTF8() throws {
    let header = Array("{\"".utf8) + [0xFF] + Array("\":1}".utf8)
    guard case .header(let error) = try problem(Bytes.file(header: header), says: "not UTF-8")
    else {
      Issue.record("another problem")
      return
    }
    #expect(error.problem == .notUTF8)
  }

  @Test(arguments: [
    (Bytes.entry("t", "F4"), "dtype F4 is unknown"),
    (Bytes.entry("t", "f32"), "dtype f32 is unknown"),
    (Bytes.entry("t", "F32", "[1]", "[4,0]"), "not a range"),
    (Bytes.entry("t", "F32", "[1]", "[0]"), "not a range"),
    (Bytes.entry("t", "F32", "[1]", "[0,4,8]"), "not a range"),
    (Bytes.entry("t", "F32", "[1]", "[-4,0]"), "not a size"),
    (Bytes.entry("t", "F32", "[1]", "[0.5,4]"), "not a size"),
    (Bytes.entry("t", "F32", "[1]", "[0,9007199254740993]"), "not a size"),
    (Bytes.entry("t", "F32", "[1]", "[0,1e400]"), "not a size"),
    (Bytes.entry("t", "F32", "[1]", "[0,18446744073709551616]"), "not a size"),
    (Bytes.entry("t", "F32", "[1]", "[0,\"4\"]"), "not a size"),
    (Bytes.entry("t", "F32", "[-1]"), "not a size"),
    (Bytes.entry("t", "F32", "[null]"), "not a size"),
    (Bytes.entry("t", "F32", "1"), "no shape"),
    (Bytes.entry("t", "F32", "[1]", "4"), "no data_offsets"),
    (Bytes.entry("t", "F32", "[9007199254740992,9007199254740992]"), "overflows"),
    (Bytes.entry("t", "F32", "[3037000500,3037000500]"), "overflows"),
    ("\"t\":[]", "not an object"), ("\"t\":{}", "no dtype"), ("\"t\":{\"dtype\":7}", "no dtype"),
    ("\"t\":{\"dtype\":\"F32\"}", "no shape"),
  ])
  func badEntries(_ entry: String, _ part: String) throws {
    guard case .badTensor(let name, _) = try problem(Bytes.file("{\(entry)}", data: 4), says: part)
    else {
      Issue.record("another problem")
      return
    }
    #expect(name == "t")
  }

  @Test(arguments: [
    ("F32", "[2]"), ("F16", "[1]"), ("F64", "[1]"), ("F32", "[0]"), ("I8", "[2,1]"),
  ])
  func sizesDoNotMatch(_ type: String, _ shape: String) throws {
    let bytes = Bytes.file("{\(Bytes.entry("t", type, shape))}", data: 4)
    guard case .sizeMismatch(let name, _, type, 4) = try problem(bytes, says: "of \(type)") else {
      Issue.record("another problem")
      return
    }
    #expect(name == "t")
  }

  @Test func overlap() throws {
    let pair = { (second: String) in
      Bytes.file(
        "{\(Bytes.entry("a", "F32", "[2]", "[0,8]")),\(Bytes.entry("b", "F32", "[1]", second))}",
        data: 12)
    }
    #expect(try problem(pair("[4,8]"), says: "'a' and 'b'") == .overlap("a", "b"))
    #expect(try problem(pair("[0,4]"), says: "'b' and 'a'") == .overlap("b", "a"))
  }

  @Test func holes() throws {
    let first = Bytes.file("{\(Bytes.entry("a", "F32", "[1]", "[4,8]"))}", data: 8)
    #expect(try problem(first, says: "4 bytes before tensor 'a'") == .hole(before: "a", bytes: 4))
    let middle = Bytes.file(
      "{\(Bytes.entry("a")),\(Bytes.entry("b", "F32", "[1]", "[6,10]"))}", data: 10)
    #expect(try problem(middle, says: "2 bytes before tensor 'b'") == .hole(before: "b", bytes: 2))
  }

  @Test(arguments: [1, 4096]) func bytesAtTheEnd(_ count: Int) throws {
    let bytes = Bytes.file("{\(Bytes.entry("a"))}", data: 4 + count)
    #expect(try problem(bytes, says: "\(count) bytes at the end") == .trailing(bytes: count))
    #expect(
      try problem(Bytes.file("{}", data: count), says: "at the end") == .trailing(bytes: count))
  }

  @Test(arguments: 1...4) func truncated(_ missing: Int) throws {
    let bytes = Bytes.file("{\(Bytes.entry("a"))}", data: 4 - missing)
    #expect(
      try problem(bytes, says: "\(missing) bytes are missing") == .truncated(missing: missing))
  }

  @Test(arguments: [("{\"k\":1}", "k"), ("{\"a\":\"b\",\"k\":null}", "k"), ("7", "__metadata__")])
  func metadata(_ value: String, _ key: String) throws {
    let bytes = Bytes.file("{\"__metadata__\":\(value)}")
    #expect(try problem(bytes, says: "'\(key)' is not a string") == .badMetadata(key: key))
  }

  @Test(
    arguments: [
      ("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n", "a git-LFS pointer"),
      ("<!DOCTYPE html><html></html>", "a web page"),
      ("<html><body>404</body></html>", "a web page"),
      ("<!d", nil),
    ] as [(String, String?)])
  func downloadsOfSomethingElse(_ text: String, _ looksLike: String?) throws {
    let path = try Scratch().write("model.safetensors", text)
    let error = refusal { () throws(CheckpointError) in try TensorSource.safetensors(path) }
    expectSentence(error, names: path, says: looksLike ?? "cannot hold")
    if let looksLike { #expect(error == .notWeights(path: path, looksLike: looksLike)) }
  }
}
