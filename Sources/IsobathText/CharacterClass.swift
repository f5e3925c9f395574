// SPDX-License-Identifier: GPL-3.0-or-later

/// Kinds of characters as the reference sorts them, each with the version of Unicode it was built on:
/// Rust's own tables are newer than its `unicode_categories` (8.0), which are older than what the
/// marks come from (9.0). Characters that were assigned later belong to no kind.
enum CharacterClass: Sendable, Equatable {
  case whitespace
  /// Decimal digits, letters that are numbers, other numbers.
  case numeric
  /// ASCII punctuation and symbols, and punctuation of Unicode 8.
  case punctuation
  /// One character.
  case one(UInt32)

  @inline(__always) func contains(_ value: UInt32) -> Bool {
    switch self {
    case .whitespace: Scalars.isWhitespace(value)
    case .numeric: Scalars.isNumeric(value)
    case .punctuation: Scalars.isPunctuation(value)
    case .one(let wanted): value == wanted
    }
  }
}

/// Properties of code points.
enum Scalars {
  private static func properties(_ value: UInt32) -> Unicode.Scalar.Properties? {
    Unicode.Scalar(value)?.properties
  }

  /// Whether a code point was assigned in this version of Unicode.
  static func isAssigned(_ value: UInt32, by version: (major: Int, minor: Int)) -> Bool {
    guard let age = properties(value)?.age else { return false }
    return (age.major, age.minor) <= version
  }

  @inline(__always) static func isWhitespace(_ value: UInt32) -> Bool {
    if value < 0x80 { return value == 0x20 || (0x09...0x0D).contains(value) }
    return properties(value)?.isWhitespace ?? false
  }

  @inline(__always) static func isNumeric(_ value: UInt32) -> Bool {
    if value < 0x80 { return (0x30...0x39).contains(value) }
    switch properties(value)?.generalCategory {
    case .decimalNumber, .letterNumber, .otherNumber: return true
    default: return false
    }
  }

  @inline(__always) static func isPunctuation(_ value: UInt32) -> Bool {
    if value < 0x80 {
      return (0x21...0x2F).contains(value) || (0x3A...0x40).contains(value)
        || (0x5B...0x60).contains(value) || (0x7B...0x7E).contains(value)
    }
    // Two signs that have become symbols and marks since.
    if value == 0x166D || value == 0x111C9 { return true }
    switch properties(value)?.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation:
      return isAssigned(value, by: (8, 0))
    default: return false
    }
  }

  /// What `\w` of Rust's patterns matches: letters, marks, decimal digits, connectors, joiners.
  static func isWord(_ value: UInt32) -> Bool {
    if value < 0x80 {
      return (0x30...0x39).contains(value) || (0x41...0x5A).contains(value & ~0x20)
        || value == 0x5F
    }
    guard let properties = properties(value), isAssigned(value, by: (16, 0)) else { return false }
    if properties.isAlphabetic || value == 0x200C || value == 0x200D { return true }
    switch properties.generalCategory {
    case .decimalNumber, .connectorPunctuation, .nonspacingMark, .spacingMark, .enclosingMark:
      return true
    default: return false
    }
  }

  /// Controls, formats, private use: what BERT's cleaning drops.
  static func isControl(_ value: UInt32) -> Bool {
    if value < 0x80 { return value < 0x20 || value == 0x7F }
    switch properties(value)?.generalCategory {
    case .control, .format, .privateUse, .surrogate: return isAssigned(value, by: (8, 0))
    default: return false
    }
  }

  /// Nonspacing marks of Unicode 8: accents, once characters are decomposed.
  static func isNonspacingMark(_ value: UInt32) -> Bool {
    if value < 0x300 { return false }
    switch value {
    // Spacing marks since.
    case 0x1734, 0x1171E: return true
    // Nonspacing marks only since.
    case 0x1885, 0x1886, 0xA9BD, 0x111C9: return false
    default: break
    }
    return properties(value)?.generalCategory == .nonspacingMark && isAssigned(value, by: (8, 0))
  }

  /// Marks of Unicode 9.
  static func isMark(_ value: UInt32) -> Bool {
    if value < 0x300 || value == 0x111C9 { return false }
    // Letters since.
    if value == 0x1CF2 || value == 0x1CF3 { return true }
    switch properties(value)?.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: return isAssigned(value, by: (9, 0))
    default: return false
    }
  }
}
