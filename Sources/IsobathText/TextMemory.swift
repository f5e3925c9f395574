// SPDX-License-Identifier: GPL-3.0-or-later
import CPCRE2

/// What normalizers and pre-tokenizers keep from text to text. One for each thread.
struct TextMemory {
  private var handles: MatchHandles?
  /// The scripts of characters that have been asked for; −1 for none.
  var scripts: [UInt32: Int] = [:]
  var forms = NormalForms()

  /// What matching needs.
  mutating func matching(_ pattern: String) throws(TextError) -> MatchHandles {
    if let handles { return handles }
    guard let made = MatchHandles() else { throw .pattern(pattern, reason: "out of memory") }
    handles = made
    return made
  }
}

/// PCRE2's memory for matches.
final class MatchHandles {
  let data: OpaquePointer
  let context: OpaquePointer
  private let stack: OpaquePointer?

  init?() {
    guard let data = pcre2_match_data_create_8(1, nil) else { return nil }
    guard let context = pcre2_match_context_create_8(nil) else {
      pcre2_match_data_free_8(data)
      return nil
    }
    self.data = data
    self.context = context
    pcre2_set_match_limit_8(context, Pattern.stepLimit)
    stack = pcre2_jit_stack_create_8(32 << 10, 8 << 20, nil)
    if let stack { pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack)) }
  }

  deinit {
    pcre2_match_data_free_8(data)
    pcre2_match_context_free_8(context)
    if let stack { pcre2_jit_stack_free_8(stack) }
  }
}
