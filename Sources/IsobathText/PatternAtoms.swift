// SPDX-License-Identifier: GPL-3.0-or-later

/// Escapes and classes of patterns.
extension PatternTranslation {
  /// An escape that means the same inside and outside of a class; `at` is at its backslash.
  mutating func atom() throws(TextError) -> String {
    guard at + 1 < scalars.count else { throw refuse("a backslash at the end") }
    let scalar = scalars[at + 1]
    at += 2
    switch scalar {
    case "d": return #"\p{Nd}"#
    case "D": return #"\P{Nd}"#
    case "s": return #"\p{White_Space}"#
    case "S": return #"\P{White_Space}"#
    case "p", "P": return try property(isNegated: scalar == "P")
    case "n", "r", "t", "f", "e", "a": return "\\" + String(scalar)
    case "v": return #"\x{0B}"#
    case "x", "u": return try codePoint(scalar)
    default:
      let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || "0"..."9" ~= scalar)
      if isPlain { throw refuse("'\\\(scalar)'") }
      return "\\x{\(String(scalar.value, radix: 16))}"
    }
  }

  /// `\x41`, `\x{41}` and `\u0041`.
  private mutating func codePoint(_ kind: Unicode.Scalar) throws(TextError) -> String {
    let isBraced = kind == "x" && next == "{"
    if isBraced { at += 1 }
    let longest = isBraced ? 8 : kind == "x" ? 2 : 4
    var digits = ""
    while let scalar = next, digits.count < longest, scalar.properties.isASCIIHexDigit {
      digits.unicodeScalars.append(scalar)
      at += 1
    }
    if isBraced {
      guard next == "}" else { throw refuse("'\\x{\(digits)'") }
      at += 1
    }
    guard !digits.isEmpty, kind == "x" || digits.count == 4 else { throw refuse("'\\\(kind)'") }
    return "\\x{\(digits)}"
  }

  /// `\p{L}`, `\p{^L}`, `\p{Letter}`, `\p{Han}`.
  private mutating func property(isNegated: Bool) throws(TextError) -> String {
    guard next == "{", let end = scalars[at...].firstIndex(of: "}") else { throw refuse("'\\p'") }
    var name = String(String.UnicodeScalarView(scalars[(at + 1)..<end]))
    at = end + 1
    var isNegated = isNegated
    if name.hasPrefix("^") {
      name.removeFirst()
      isNegated.toggle()
    }
    let key = name.lowercased().filter { !"_- ".contains($0) }
    let spelling: String
    if let category = PropertyNames.categories[key] {
      spelling = category
    } else if PropertyNames.scripts.contains(key) {
      spelling = "sc:" + name
    } else {
      throw refuse("the property '\(name)'")
    }
    return (isNegated ? "\\P{" : "\\p{") + spelling + "}"
  }

  /// A class; `at` is at its bracket.
  mutating func characterClass(depth: Int) throws(TextError) -> String {
    guard depth < 8 else { throw refuse("a class nested so deep") }
    at += 1
    let isNegated = next == "^"
    if isNegated { at += 1 }
    var parts: [ClassPart] = [ClassPart()]
    var isFirst = true
    while let scalar = next, scalar != "]" || isFirst {
      isFirst = false
      if starts("&&") {
        at += 2
        parts.append(ClassPart())
      } else {
        try classItem(scalar, into: &parts[parts.count - 1], depth: depth)
      }
    }
    guard next == "]" else { throw refuse("a class without an end") }
    at += 1
    guard parts.count > 1 else { return try parts[0].single(isNegated: isNegated, self) }
    if isNegated { throw refuse("a negated intersection of classes") }
    let conditions = try parts.dropFirst().map { part throws(TextError) in
      "(?=" + (try part.single(isNegated: false, self)) + ")"
    }
    return "(?:" + conditions.joined() + (try parts[0].single(isNegated: false, self)) + ")"
  }

  private mutating func classItem(
    _ scalar: Unicode.Scalar, into part: inout ClassPart, depth: Int
  ) throws(TextError) {
    switch scalar {
    case "[":
      if starts("[:") {
        part.items += try posix()
      } else {
        part.nested.append(try characterClass(depth: depth + 1))
      }
    case "\\":
      let letter = at + 1 < scalars.count ? scalars[at + 1] : "\\"
      switch letter {
      case "w": part.items += PatternTranslation.word
      case "W": part.nested.append("[^\(PatternTranslation.word)]")
      case "h": part.items += "0-9A-Fa-f"
      case "b": part.items += #"\x{08}"#
      default:
        part.items += try atom()
        return
      }
      at += 2
    case "]", "^":
      part.items += "\\" + String(scalar)
      at += 1
    default:
      part.items.unicodeScalars.append(scalar)
      at += 1
    }
  }

  /// `[:alpha:]` and its like.
  private mutating func posix() throws(TextError) -> String {
    let classes = [
      "[:alpha:]": #"\p{Alphabetic}"#, "[:digit:]": #"\p{Nd}"#, "[:space:]": #"\p{White_Space}"#,
      "[:alnum:]": #"\p{Alphabetic}\p{Nd}"#, "[:punct:]": #"\p{P}\p{S}"#,
      "[:word:]": PatternTranslation.word, "[:xdigit:]": "0-9A-Fa-f",
    ]
    guard let found = classes.first(where: { starts($0.key) }) else {
      throw refuse("'\(String(String.UnicodeScalarView(scalars[at...].prefix(10))))'")
    }
    at += found.key.unicodeScalars.count
    return found.value
  }
}

/// What stands between the `&&`s of a class.
private struct ClassPart {
  var items = ""
  /// Classes within it, translated.
  var nested: [String] = []

  func single(
    isNegated: Bool, _ translation: PatternTranslation
  ) throws(TextError) -> String {
    if nested.isEmpty {
      guard !items.isEmpty else { throw translation.refuse("an empty class") }
      return (isNegated ? "[^" : "[") + items + "]"
    }
    let union = (items.isEmpty ? [] : ["[\(items)]"]) + nested
    return isNegated
      ? "(?:(?!" + union.joined(separator: "|") + #")[\s\S])"#
      : union.count == 1 ? union[0] : "(?:" + union.joined(separator: "|") + ")"
  }
}

/// Names of properties in patterns, in small letters and without `_`, `-` and spaces.
enum PropertyNames {
  /// General categories and what else both engines agree on, as PCRE2 spells them.
  static let categories: [String: String] = {
    var names = [
      "letter": "L", "uppercaseletter": "Lu", "lowercaseletter": "Ll", "titlecaseletter": "Lt",
      "modifierletter": "Lm", "otherletter": "Lo", "mark": "M", "nonspacingmark": "Mn",
      "spacingmark": "Mc", "enclosingmark": "Me", "number": "N", "decimalnumber": "Nd",
      "letternumber": "Nl", "othernumber": "No", "punctuation": "P", "punct": "P", "symbol": "S",
      "mathsymbol": "Sm", "currencysymbol": "Sc", "modifiersymbol": "Sk", "othersymbol": "So",
      "separator": "Z", "spaceseparator": "Zs", "digit": "Nd", "space": "White_Space",
      "whitespace": "White_Space", "any": "Any",
    ]
    for name in [
      "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc",
      "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl", "Zp", "C",
      "Cc", "Cf", "Co", "Cn",
    ] {
      names[name.lowercased()] = name
    }
    return names
  }()

  static let scripts: Set = [
    "arabic", "armenian", "bengali", "bopomofo", "common", "cyrillic", "devanagari", "ethiopic",
    "georgian", "greek", "gujarati", "gurmukhi", "han", "hangul", "hebrew", "hiragana", "inherited",
    "kannada", "katakana", "khmer", "lao", "latin", "malayalam", "mongolian", "myanmar", "oriya",
    "sinhala", "tamil", "telugu", "thai", "tibetan",
  ]
}
