// SPDX-License-Identifier: GPL-3.0-or-later

/// A step that cuts text into the pieces within which BPE merges.
enum PreTokenizer: Sendable {
  /// What becomes of the matches of a split.
  enum Behaviour: String, Sendable, CaseIterable {
    case removed = "Removed"
    case isolated = "Isolated"
    case mergedWithPrevious = "MergedWithPrevious"
    case mergedWithNext = "MergedWithNext"
    case contiguous = "Contiguous"
  }

  case sequence([PreTokenizer])
  case split(Pattern, Behaviour, invert: Bool)
  /// GPT-2's: a space in front of pieces that have none, its pattern; bytes are what BPE sees anyway.
  case byteLevel(prefixSpace: Bool, Pattern?)

  /// GPT-2's pattern.
  static let gpt2 =
    #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#
  /// Llama 3's.
  static let llama3 =
    #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
  /// Qwen 2's: Llama 3's with single digits.
  static let qwen2 =
    #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#

  /// The pieces of a text, in order, as their own bytes.
  func pieces(_ text: [UInt8]) throws(TextError) -> [ArraySlice<UInt8>] {
    switch self {
    case .sequence(let steps):
      var pieces = [text[...]]
      for step in steps {
        var next: [ArraySlice<UInt8>] = []
        for piece in pieces { next += try step.pieces(Array(piece)) }
        pieces = next
      }
      return pieces
    case .split(let pattern, let behaviour, let invert):
      return try cut(text, pattern, behaviour, invert: invert)
    case .byteLevel(let prefixSpace, let pattern):
      let spaced = prefixSpace && text.first != 0x20 && !text.isEmpty ? [0x20] + text : text
      guard let pattern else { return spaced.isEmpty ? [] : [spaced[...]] }
      return try cut(spaced, pattern, .isolated, invert: false)
    }
  }

  private func cut(
    _ text: [UInt8], _ pattern: Pattern, _ behaviour: Behaviour, invert: Bool
  ) throws(TextError) -> [ArraySlice<UInt8>] {
    let matches = try text.withUnsafeBufferPointer { bytes throws(TextError) in
      try pattern.matches(in: bytes)
    }
    var parts: [(range: Range<Int>, isMatch: Bool)] = []
    var end = 0
    for match in matches {
      if match.lowerBound > end { parts.append((end..<match.lowerBound, invert)) }
      parts.append((match, !invert))
      end = match.upperBound
    }
    if end < text.count { parts.append((end..<text.count, invert)) }
    return PreTokenizer.joined(parts, behaviour).map { text[$0] }
  }

  private static func joined(
    _ parts: [(range: Range<Int>, isMatch: Bool)], _ behaviour: Behaviour
  ) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var joinsNext = false
    var lastWasMatch: Bool?
    for (range, isMatch) in parts {
      let joins: Bool
      switch behaviour {
      case .removed:
        if !isMatch { result.append(range) }
        continue
      case .isolated: joins = false
      case .mergedWithPrevious: joins = isMatch && lastWasMatch == false
      case .mergedWithNext:
        joins = !isMatch && joinsNext
        joinsNext = isMatch
      case .contiguous: joins = isMatch == lastWasMatch
      }
      if joins, let last = result.popLast() {
        result.append(last.lowerBound..<range.upperBound)
      } else {
        result.append(range)
      }
      lastWasMatch = isMatch
    }
    return result
  }
}
