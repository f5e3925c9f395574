// SPDX-License-Identifier: GPL-3.0-or-later
import CPCRE2

/// A compiled regular expression over UTF-8, with JIT and limits on what a match may cost.
final class Pattern: @unchecked Sendable {
  let source: String
  private let code: OpaquePointer
  private let hasJIT: Bool

  /// Steps of one match before it is given up; patterns of real tokenizers need a few per byte.
  private static let stepLimit: UInt32 = 50_000_000
  private static let jitStack = 8 << 20

  init(_ source: String) throws(TextError) {
    self.source = source
    let text = Pattern.translated(source)
    var number: Int32 = 0
    var offset = 0
    let options = UInt32(PCRE2_UTF) | PCRE2_UCP
    let compiled = text.withCString { pointer in
      pointer.withMemoryRebound(to: UInt8.self, capacity: text.utf8.count) {
        pcre2_compile_8($0, text.utf8.count, options, &number, &offset, nil)
      }
    }
    guard let compiled else {
      var buffer = [UInt8](repeating: 0, count: 256)
      let length = pcre2_get_error_message_8(number, &buffer, buffer.count)
      let reason = String(decoding: buffer.prefix(Int(max(length, 0))), as: UTF8.self)
      throw .pattern(source, reason: "\(reason) at \(offset)")
    }
    code = compiled
    hasJIT = pcre2_jit_compile_8(compiled, UInt32(PCRE2_JIT_COMPLETE)) == 0
  }

  deinit { pcre2_code_free_8(code) }

  /// `\s` means Unicode White_Space to the tokenizers' engines; PCRE2's also has U+180E.
  private static func translated(_ pattern: String) -> String {
    var result = ""
    var isEscaped = false
    for character in pattern {
      if isEscaped {
        switch character {
        case "s": result += "p{White_Space}"
        case "S": result += "P{White_Space}"
        default: result.append(character)
        }
        isEscaped = false
      } else {
        result.append(character)
        isEscaped = character == "\\"
      }
    }
    return result
  }

  /// The ranges of all matches, in order; the bytes must be UTF-8.
  func matches(in bytes: UnsafeBufferPointer<UInt8>) throws(TextError) -> [Range<Int>] {
    guard let base = bytes.baseAddress, !bytes.isEmpty else { return [] }
    guard let data = pcre2_match_data_create_from_pattern_8(code, nil),
      let context = pcre2_match_context_create_8(nil)
    else { throw .pattern(source, reason: "out of memory") }
    defer {
      pcre2_match_data_free_8(data)
      pcre2_match_context_free_8(context)
    }
    pcre2_set_match_limit_8(context, Pattern.stepLimit)
    let stack = hasJIT ? pcre2_jit_stack_create_8(32 << 10, Pattern.jitStack, nil) : nil
    defer { if let stack { pcre2_jit_stack_free_8(stack) } }
    if let stack { pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack)) }
    guard let bounds = pcre2_get_ovector_pointer_8(data) else { return [] }

    var found: [Range<Int>] = []
    var at = 0
    while at < bytes.count {
      let result =
        hasJIT
        ? pcre2_jit_match_8(code, base, bytes.count, at, PCRE2_NO_UTF_CHECK, data, context)
        : pcre2_match_8(code, base, bytes.count, at, PCRE2_NO_UTF_CHECK, data, context)
      if result == PCRE2_ERROR_NOMATCH { break }
      guard result > 0 else { throw .patternLimit(source) }
      let range = Int(bounds[0])..<max(Int(bounds[0]), Int(bounds[1]))
      if range.isEmpty {
        // An empty match splits nothing: go on behind the next character.
        at = range.upperBound + 1
        while at < bytes.count, bytes[at] & 0xC0 == 0x80 { at += 1 }
      } else {
        found.append(range)
        at = range.upperBound
      }
    }
    return found
  }
}
