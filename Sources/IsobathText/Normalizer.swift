// SPDX-License-Identifier: GPL-3.0-or-later

/// A step that rewrites text before it is cut.
enum Normalizer: Sendable {
  case sequence([Normalizer])
  case form(UnicodeForm)
  case lowercase
  case bert(BertCleaning)
  case strip(left: Bool, right: Bool)
  case stripAccents
  case nmt
  case charsmap(Charsmap)
  case replace(Pattern, with: [UInt8])
  case prepend([UInt8])
  /// Bytes written in the byte alphabet.
  case spellBytes
  case sentencePiece(SentencePieceSpaces)

  /// Rewrites the text of a section.
  func apply(_ section: inout Section, _ memory: inout TextMemory) throws(TextError) {
    switch self {
    case .sequence(let steps): for step in steps { try step.apply(&section, &memory) }
    case .form(let form): form.apply(&section, &memory)
    case .lowercase: section.mapCharacters(Lowercase.append)
    case .bert(let cleaning): cleaning.apply(&section, &memory)
    case .strip(let left, let right): section.strip(left: left, right: right)
    case .stripAccents: section.filter { !Scalars.isMark($0) }
    case .nmt: Nmt.apply(&section)
    case .charsmap(let map): map.apply(&section)
    case .replace(let pattern, let new): try section.replace(pattern, with: new, &memory)
    case .prepend(let prefix): if !section.bytes.isEmpty { section.bytes = prefix + section.bytes }
    case .spellBytes: section.bytes = section.bytes.withUnsafeBufferPointer(ByteAlphabet.spell)
    case .sentencePiece(let spaces): spaces.apply(&section)
    }
  }

  /// What becomes of a text by itself.
  func callAsFunction(_ text: [UInt8]) throws(TextError) -> [UInt8] {
    var section = Section(bytes: text, isAtStart: true)
    var memory = TextMemory()
    try apply(&section, &memory)
    return section.bytes
  }
}

/// A part of a text on its way through the normalizers.
struct Section {
  var bytes: [UInt8]
  /// Whether its first character is the text's first, or was made of it.
  var isAtStart: Bool

  var isASCII: Bool { bytes.allSatisfy { $0 < 0x80 } }

  /// Writes something else for each character.
  @inline(__always) mutating func mapCharacters(_ append: (UInt32, inout [UInt8]) -> Void) {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + bytes.count / 8)
    var isFirst = true
    bytes.withUnsafeBufferPointer { bytes in
      UTF8Scalar.forEach(bytes) { value, _ in
        append(value, &result)
        if isFirst, result.isEmpty { isAtStart = false }
        isFirst = false
      }
    }
    bytes = result
  }

  /// Keeps the characters that are wanted.
  @inline(__always) mutating func filter(_ isKept: (UInt32) -> Bool) {
    mapCharacters { value, result in if isKept(value) { UTF8Scalar.append(value, to: &result) } }
  }

  mutating func strip(left: Bool, right: Bool) {
    var (start, end) = (0, bytes.count)
    bytes.withUnsafeBufferPointer { bytes in
      while left, start < end {
        let (value, length) = UTF8Scalar.at(bytes, start)
        guard Scalars.isWhitespace(value) else { break }
        start += length
      }
      while right, end > start {
        let (value, length) = UTF8Scalar.before(bytes, end)
        guard Scalars.isWhitespace(value) else { break }
        end -= length
      }
    }
    if start > 0 { isAtStart = false }
    bytes = Array(bytes[start..<end])
  }

  mutating func replace(
    _ pattern: Pattern, with new: [UInt8], _ memory: inout TextMemory
  ) throws(TextError) {
    let matches = try bytes.withUnsafeBufferPointer { bytes throws(TextError) in
      try pattern.matches(in: bytes, &memory)
    }
    if matches.isEmpty { return }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + matches.count * new.count)
    var end = 0
    for match in matches {
      result += bytes[end..<match.lowerBound]
      result += new
      if match.lowerBound == 0, new.isEmpty, !match.isEmpty { isAtStart = false }
      end = match.upperBound
    }
    bytes = result + bytes[end...]
  }
}

/// Lower case, character by character.
enum Lowercase {
  @inline(__always) static func append(_ value: UInt32, _ result: inout [UInt8]) {
    if value < 0x80 {
      result.append(UInt8((0x41...0x5A).contains(value) ? value | 0x20 : value))
    } else if let scalar = Unicode.Scalar(value) {
      let lower = scalar.properties.lowercaseMapping
      for scalar in lower.unicodeScalars { UTF8Scalar.append(scalar.value, to: &result) }
    }
  }
}

/// The cleaning of neural machine translation: controls dropped, unusual spaces made usual.
enum Nmt {
  static func apply(_ section: inout Section) {
    section.mapCharacters { value, result in
      switch value {
      case 0x01...0x08, 0x0B, 0x0E...0x1F, 0x7F, 0x8F, 0x9F: break
      case 0x09, 0x0A, 0x0C, 0x0D, 0x1680, 0x200B...0x200F, 0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD:
        result.append(0x20)
      default: UTF8Scalar.append(value, to: &result)
      }
    }
  }
}

/// BERT's cleaning.
struct BertCleaning: Sendable {
  /// Drops controls and makes every space U+0020.
  var cleansText = true
  /// Puts spaces around Chinese characters.
  var partsChinese = true
  var stripsAccents = true
  var lowercases = true

  func apply(_ section: inout Section, _ memory: inout TextMemory) {
    if cleansText {
      section.mapCharacters { value, result in
        if value == 0x09 || value == 0x0A || value == 0x0D {
          result.append(0x20)
        } else if value != 0, value != 0xFFFD, !Scalars.isControl(value) {
          UTF8Scalar.append(Scalars.isWhitespace(value) ? 0x20 : value, to: &result)
        }
      }
    }
    if partsChinese, !section.isASCII {
      section.mapCharacters { value, result in
        let isChinese = BertCleaning.isChinese(value)
        if isChinese { result.append(0x20) }
        UTF8Scalar.append(value, to: &result)
        if isChinese { result.append(0x20) }
      }
    }
    if stripsAccents, !section.isASCII {
      UnicodeForm.nfd.apply(&section, &memory)
      section.filter { !Scalars.isNonspacingMark($0) }
    }
    if lowercases { section.mapCharacters(Lowercase.append) }
  }

  /// The reference's ranges, its slip at U+2B820 included.
  private static func isChinese(_ value: UInt32) -> Bool {
    switch value {
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B73F, 0x2B740...0x2B81F,
      0x2B920...0x2CEAF, 0xF900...0xFAFF, 0x2F800...0x2FA1F:
      true
    default: false
    }
  }
}
