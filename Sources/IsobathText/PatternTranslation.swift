// SPDX-License-Identifier: GPL-3.0-or-later

/// Rewrites a pattern of Oniguruma's Ruby syntax, which tokenizers use, for PCRE2.
///
/// Most is spelled alike. What is spelled alike and means something else is rewritten (`\w`, `\b`,
/// `\h`, `\v`, `(?m)`, scripts, nested classes and intersections); what has no counterpart is refused
/// by name. https://github.com/kkos/oniguruma/blob/master/doc/RE
struct PatternTranslation {
  /// The inside of a class for `\w`: letters, marks, digits, connectors, and the small numbers of
  /// Latin-1 that the engine counts in.
  static let word =
    #"\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\x{B2}\x{B3}\x{B9}\x{BC}-\x{BE}"#

  private let source: String
  let scalars: [Unicode.Scalar]
  var at = 0
  private var result = ""
  private var ignoresCase = false
  /// The letter before, for pairs that match one character when case is ignored.
  private var letter: Unicode.Scalar?

  static func pcre2(_ source: String) throws(TextError) -> String {
    var translation = PatternTranslation(source: source, scalars: Array(source.unicodeScalars))
    try translation.translate()
    return translation.result
  }

  private init(source: String, scalars: [Unicode.Scalar]) {
    self.source = source
    self.scalars = scalars
  }

  var next: Unicode.Scalar? { at < scalars.count ? scalars[at] : nil }

  func starts(_ text: String) -> Bool { scalars[at...].starts(with: text.unicodeScalars) }

  func refuse(_ what: String) -> TextError {
    .pattern(source, reason: "\(what) is not run")
  }

  private mutating func translate() throws(TextError) {
    while let scalar = next {
      let before = letter
      letter = nil
      switch scalar {
      case "\\": try escape()
      case "[": result += try characterClass(depth: 0)
      case "(": try group()
      case "{": try interval()
      default:
        try checkFolding(before, scalar)
        letter = scalar
        result.unicodeScalars.append(scalar)
        at += 1
      }
    }
  }

  /// Refuses pairs of letters that match one character without regard to case: ß is ss, ﬁ is fi.
  private func checkFolding(
    _ first: Unicode.Scalar?, _ second: Unicode.Scalar
  ) throws(TextError) {
    guard ignoresCase, let first else { return }
    let pair = (String(first) + String(second)).lowercased()
    if ["ss", "st", "ff", "fi", "fl"].contains(pair) { throw refuse("'\(pair)' without case") }
  }

  private mutating func escape() throws(TextError) {
    guard at + 1 < scalars.count else { throw refuse("a backslash at the end") }
    let scalar = scalars[at + 1]
    switch scalar {
    case "w", "W": result += (scalar == "w" ? "[" : "[^") + PatternTranslation.word + "]"
    case "b": result += PatternTranslation.boundary(is: true)
    case "B": result += PatternTranslation.boundary(is: false)
    case "h": result += "[0-9A-Fa-f]"
    case "H": result += "[^0-9A-Fa-f]"
    case "A", "z", "Z", "G", "R": result += "\\" + String(scalar)
    case "1"..."9": result += "\\" + String(scalar)
    case "k": result += "\\k"
    default:
      result += try atom()
      return
    }
    at += 2
  }

  private static func boundary(is boundary: Bool) -> String {
    let (inside, outside) = boundary ? ("!", "=") : ("=", "!")
    return "(?:(?<=[\(word)])(?\(inside)[\(word)])|(?<![\(word)])(?\(outside)[\(word)]))"
  }

  private mutating func group() throws(TextError) {
    if starts("(?i)"), at > 0 { throw refuse("(?i) within a pattern") }
    if starts("(?i)") || starts("(?i:") { ignoresCase = true }
    let plain = [
      "(?i)", "(?i:", "(?-i:", "(?:", "(?=", "(?!", "(?>", "(?<=", "(?<!",
    ]
    if let opening = plain.first(where: starts) {
      take(opening.unicodeScalars.count)
    } else if starts("(?m:") {
      result += "(?s:"
      at += 4
    } else if starts("(?<"), at + 3 < scalars.count, scalars[at + 3].properties.isAlphabetic {
      take(3)
    } else if starts("(?") || starts("(*") {
      throw refuse("'\(String(String.UnicodeScalarView(scalars[at...].prefix(4))))'")
    } else {
      take(1)
    }
  }

  private mutating func take(_ count: Int) {
    for scalar in scalars[at..<(at + count)] { result.unicodeScalars.append(scalar) }
    at += count
  }

  /// `{n}`, `{n,}`, `{n,m}`, `{,m}`; a brace that is none of them is itself.
  private mutating func interval() throws(TextError) {
    guard let end = scalars[at...].firstIndex(of: "}") else {
      result += "\\{"
      at += 1
      return
    }
    let inner = String(String.UnicodeScalarView(scalars[(at + 1)..<end]))
    let parts = inner.split(separator: ",", omittingEmptySubsequences: false)
    let isInterval =
      parts.count <= 2 && inner.contains { $0 != "," }
      && parts.allSatisfy { $0.allSatisfy { $0.isASCII && $0.isNumber } }
    guard isInterval else {
      result += "\\{"
      at += 1
      return
    }
    result += "{" + (parts[0].isEmpty ? "0" : "") + inner + "}"
    at = end + 1
    // A possessive or lazy interval of the one syntax is something else in the other.
    if next == "+" { throw refuse("'+' behind an interval") }
    if next == "?", parts.count == 1 { throw refuse("'?' behind {n}") }
  }
}
