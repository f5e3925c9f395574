// SPDX-License-Identifier: GPL-3.0-or-later

/// Text on one line: what cannot be shown, or changes the order of what is shown, becomes U+FFFD, so
/// that a trick stays visible; line breaks and tabs become spaces.
package func printable(_ string: String) -> String {
  var result = String.UnicodeScalarView()
  for scalar in string.unicodeScalars {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029: result.append(" ")
    default: result.append(isShown(scalar) ? scalar : "\u{FFFD}")
    }
  }
  return String(result)
}

/// The same with its lines and tabs kept: the content of a code block.
package func printableLines(_ string: String) -> [String] {
  var lines = [String.UnicodeScalarView()]
  var last: Unicode.Scalar = " "
  for scalar in string.unicodeScalars {
    if scalar == "\n" && last == "\r" {
      last = scalar
      continue
    }
    last = scalar
    switch scalar.value {
    case 0x0A, 0x0D: lines.append(String.UnicodeScalarView())
    case 0x09: lines[lines.count - 1].append(scalar)
    default: lines[lines.count - 1].append(isShown(scalar) ? scalar : "\u{FFFD}")
    }
  }
  return lines.map { String($0) }
}

private func isShown(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x00...0x1F, 0x7F...0x9F, 0x2028, 0x2029: false
  // Marks, embeddings, overrides and isolates of the bidirectional algorithm.
  case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: false
  // Invisible: joiners of words, byte order mark, annotation anchors, tags.
  case 0x200B, 0x2060...0x2064, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F: false
  case 0xFDD0...0xFDEF: false
  default: scalar.value & 0xFFFE != 0xFFFE
  }
}

/// Text as HTML content, for what stands inside an HTML block.
func htmlEscaped(_ string: String) -> String {
  printable(string).unicodeScalars.reduce(into: "") { result, scalar in
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    // Some readers look for emphasis and mathematics even here.
    case "`", "*", "_", "$", "[", "]", "|": result += "&#\(scalar.value);"
    default: result.unicodeScalars.append(scalar)
    }
  }
}

/// Text that no part of GitHub's Markdown reads as markup, wherever it stands in a line but at its
/// start (see `lineStart`).
///
/// - Parameter inTable: there a bar ends the cell, and whether a backslash keeps it depends on the
///   reader; an entity always does.
func escaped(_ string: String, inTable: Bool = false) -> String {
  let scalars = Array(printable(string).unicodeScalars)
  var result = ""
  for (index, scalar) in scalars.enumerated() {
    let before = index > 0 ? scalars[index - 1] : " "
    let after = index + 1 < scalars.count ? scalars[index + 1] : " "
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    // Mathematics has no backslash escape.
    case "$": result += "&#36;"
    case "|" where inTable: result += "&#124;"
    case "\\", "`", "*", "[", "]", "|", "~": result += "\\" + String(scalar)
    // Within a word an underscore is only itself.
    case "_" where !(isWordPart(before) && isWordPart(after)): result += "\\_"
    // At the start of a link's text it would make a note of it.
    case "^" where index == 0: result += "\\^"
    // No link unless one is made: not from 'https://', nor from 'www.'.
    case ":" where after == "/": result += "&#58;"
    case "." where endsInThreeWs(scalars[..<index]): result += "\\."
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

private func endsInThreeWs(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
  scalars.count >= 3 && scalars.suffix(3).allSatisfy { $0 == "w" || $0 == "W" }
}

private func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
  scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
}

/// A word already escaped, made safe at the start of a line, where it could open a heading, a list,
/// a rule, a table or a note.
func lineStart(_ word: String) -> String {
  if !word.isEmpty && word.allSatisfy({ "-+=#:".contains($0) }) { return "\\" + word }
  if word.hasPrefix("[^"), let colon = word.firstIndex(of: ":") {
    return word[..<colon] + "\\" + word[colon...]
  }
  let digits = word.prefix { ("0"..."9").contains($0) }
  let rest = word[digits.endIndex...]
  let isItem = !digits.isEmpty && (rest == "." || rest == ")")
  return isItem ? digits + "\\" + rest : word
}

/// A code span whose fence is longer than any run of backticks within.
func codeSpan(_ string: String) -> String {
  var text = printable(string)
  if text.isEmpty { text = " " }
  let fence = String(repeating: "`", count: longestRun(of: "`", in: text) + 1)
  // One space on both sides is taken off again.
  let isBlank = text.allSatisfy { $0 == " " }
  let needsSpace =
    text.hasPrefix("`") || text.hasSuffix("`")
    || (text.hasPrefix(" ") && text.hasSuffix(" ") && !isBlank)
  return fence + (needsSpace ? " \(text) " : text) + fence
}

/// Code in a table's cell: as HTML when it holds a bar, which would end the cell even in a span.
func codeCell(_ string: String) -> String {
  string.contains("|") ? "<code>\(escaped(string, inTable: true))</code>" : codeSpan(string)
}

/// A cell that a spreadsheet would not take for a formula when the source is pasted into one.
func cellStart(_ cell: String) -> String { cell.hasPrefix("=") ? "\\" + cell : cell }

func longestRun(of character: Character, in text: String) -> Int {
  var (longest, run) = (0, 0)
  for each in text {
    run = each == character ? run + 1 : 0
    longest = max(longest, run)
  }
  return longest
}
