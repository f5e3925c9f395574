// SPDX-License-Identifier: GPL-3.0-or-later
import CPCRE2

/// A compiled regular expression over UTF-8, with JIT and limits on what a match may cost.
final class Pattern: @unchecked Sendable {
  let source: String
  private let code: OpaquePointer
  private let hasJIT: Bool

  /// Steps of one match before it is given up; patterns of real tokenizers need a few per byte.
  static let stepLimit: UInt32 = 50_000_000

  /// A pattern in the syntax of Oniguruma, as `tokenizer.json` has it.
  convenience init(_ source: String) throws(TextError) {
    try self.init(source, translated: PatternTranslation.pcre2(source))
  }

  /// A pattern that matches just this text.
  convenience init(literal text: String) throws(TextError) {
    let escaped = text.unicodeScalars.map { "\\x{\(String($0.value, radix: 16))}" }.joined()
    try self.init(text, translated: escaped)
  }

  /// A pattern with one group for each of these alternatives, in the syntax of PCRE2.
  convenience init(groups: [String], name: String) throws(TextError) {
    try self.init(name, translated: groups.map { "(\($0))" }.joined(separator: "|"))
  }

  /// Which alternative matches at the start of the bytes, counted from 0.
  func group(of bytes: UnsafeBufferPointer<UInt8>) throws(TextError) -> Int? {
    guard let data = pcre2_match_data_create_from_pattern_8(code, nil) else {
      throw .pattern(source, reason: "out of memory")
    }
    defer { pcre2_match_data_free_8(data) }
    let result = pcre2_match_8(
      code, bytes.baseAddress, bytes.count, 0, PCRE2_NO_UTF_CHECK | PCRE2_ANCHORED, data, nil)
    return result > 1 ? Int(result) - 2 : nil
  }

  private init(_ source: String, translated: String) throws(TextError) {
    self.source = source
    let text = Array(("(*LF)" + translated).utf8)
    var number: Int32 = 0
    var offset = 0
    let options = UInt32(PCRE2_UTF) | PCRE2_UCP | PCRE2_MULTILINE
    guard let compiled = pcre2_compile_8(text, text.count, options, &number, &offset, nil) else {
      var buffer = [UInt8](repeating: 0, count: 256)
      let length = pcre2_get_error_message_8(number, &buffer, buffer.count)
      let reason = String(decoding: buffer.prefix(Int(max(length, 0))), as: UTF8.self)
      throw .pattern(source, reason: "\(reason) at \(max(0, offset - 5))")
    }
    code = compiled
    hasJIT = pcre2_jit_compile_8(compiled, UInt32(PCRE2_JIT_COMPLETE)) == 0
  }

  deinit { pcre2_code_free_8(code) }

  /// The ranges of all matches, in order, empty ones too; the bytes must be UTF-8.
  func matches(
    in bytes: UnsafeBufferPointer<UInt8>, _ memory: inout TextMemory
  ) throws(TextError) -> [Range<Int>] {
    if StandIns.isNeeded(bytes) {
      return try StandIns.replaced(bytes).withUnsafeBufferPointer { bytes throws(TextError) in
        try allMatches(bytes, memory.matching(source))
      }
    }
    return try allMatches(bytes, memory.matching(source))
  }

  private func allMatches(
    _ bytes: UnsafeBufferPointer<UInt8>, _ handles: MatchHandles
  ) throws(TextError) -> [Range<Int>] {
    guard let base = bytes.baseAddress, !bytes.isEmpty else { return [] }
    guard let bounds = pcre2_get_ovector_pointer_8(handles.data) else { return [] }
    var found: [Range<Int>] = []
    var at = 0
    var last = -1
    while at <= bytes.count {
      let result =
        hasJIT
        ? pcre2_jit_match_8(
          code, base, bytes.count, at, PCRE2_NO_UTF_CHECK, handles.data, handles.context)
        : pcre2_match_8(
          code, base, bytes.count, at, PCRE2_NO_UTF_CHECK, handles.data, handles.context)
      if result == PCRE2_ERROR_NOMATCH { break }
      // 0: there are more groups than the one place that is looked at.
      guard result >= 0 else { throw .patternLimit(source) }
      let range = Int(bounds[0])..<max(Int(bounds[0]), Int(bounds[1]))
      if range.isEmpty, range.upperBound == last {
        // An empty match where the last one ended does not count: go on behind the next character.
        guard at < bytes.count else { break }
        at += UTF8Scalar.length(bytes[at])
      } else {
        found.append(range)
        (at, last) = (range.upperBound, range.upperBound)
      }
    }
    return found
  }
}
