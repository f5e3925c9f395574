// SPDX-License-Identifier: GPL-3.0-or-later

/// A step that cuts text into the pieces that the model sees one by one.
enum PreTokenizer: Sendable {
  case sequence([PreTokenizer])
  case split(Pattern, SplitBehaviour, invert: Bool)
  case characters(CharacterClass, SplitBehaviour)
  /// Runs of letters and digits, and runs of what is neither these nor space.
  case words
  /// Runs of characters of one script.
  case scripts(ScriptRuns)
  case fixedLength(Int)
  case metaspace(Metaspace)
  /// GPT-2's: a space in front of pieces that have none, its pattern, bytes as letters.
  case byteLevel(prefixSpace: Bool, Pattern?, spells: Bool)

  /// GPT-2's pattern.
  static let gpt2 =
    #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#

  /// Cuts the pieces further.
  func apply(_ pieces: inout Pieces, _ memory: inout TextMemory) throws(TextError) {
    switch self {
    case .sequence(let steps): for step in steps { try step.apply(&pieces, &memory) }
    case .split(let pattern, let behaviour, let invert):
      try pieces.cut { bytes, cuts throws(TextError) in
        let matches = try pattern.matches(in: bytes, &memory)
        cuts.add(matches, of: bytes.count, behaviour, invert: invert)
      }
    case .characters(let kind, let behaviour): pieces.cut(at: kind, behaviour)
    case .words: pieces.cutIntoWords()
    case .scripts(let runs):
      try pieces.cut { bytes, cuts throws(TextError) in
        try runs.forEach(bytes, &memory) { cuts.append($0) }
      }
    case .fixedLength(let length): pieces.cut(every: length)
    case .metaspace(let metaspace): metaspace.apply(&pieces)
    case .byteLevel(let prefixSpace, let pattern, let spells):
      if prefixSpace {
        pieces.rewrite { bytes, _, result in
          if bytes.first != 0x20 { result.append(0x20) }
          result += bytes
        }
      }
      if let pattern {
        try PreTokenizer.split(pattern, .isolated, invert: false).apply(&pieces, &memory)
      }
      if spells { pieces.rewrite { bytes, _, result in result += ByteAlphabet.spell(bytes) } }
    }
  }

  /// The same steps without the last one's spelling of bytes, where a model does that itself; nil
  /// when the last step spells no bytes.
  var withoutSpelling: PreTokenizer? {
    switch self {
    case .byteLevel(let prefixSpace, let pattern, spells: true):
      return .byteLevel(prefixSpace: prefixSpace, pattern, spells: false)
    case .sequence(let steps):
      guard let last = steps.last?.withoutSpelling else { return nil }
      let before = steps.dropLast()
      return before.contains(where: \.spells) ? nil : .sequence(before + [last])
    default: return nil
    }
  }

  private var spells: Bool {
    switch self {
    case .byteLevel(_, _, let spells): spells
    case .sequence(let steps): steps.contains(where: \.spells)
    default: false
    }
  }
}

/// What becomes of the matches of a split.
enum SplitBehaviour: String, Sendable, CaseIterable {
  case removed = "Removed"
  case isolated = "Isolated"
  case mergedWithPrevious = "MergedWithPrevious"
  case mergedWithNext = "MergedWithNext"
  case contiguous = "Contiguous"
}

/// SentencePiece's spaces: U+0020 becomes `▁`, one is put in front, and each begins a piece.
struct Metaspace: Sendable {
  /// Where a `▁` is put in front of what has none.
  enum Prepend: String, Sendable {
    case always
    /// Only in front of the text's own beginning, not behind added tokens.
    case first
    case never
  }
  let replacement: [UInt8]
  let prepend: Prepend
  let splits: Bool

  func apply(_ pieces: inout Pieces) {
    pieces.rewrite { bytes, isAtStart, result in
      let start = result.count
      let prepends = prepend == .always || (prepend == .first && isAtStart)
      let isMarked =
        bytes.first == 0x20 || bytes.prefix(replacement.count).elementsEqual(replacement)
      if prepends, !isMarked { result += replacement }
      for byte in bytes {
        if byte == 0x20 { result += replacement } else { result.append(byte) }
      }
      precondition(result.count > start || bytes.isEmpty, "a piece vanished")
    }
    if splits { pieces.cut(before: replacement) }
  }
}
