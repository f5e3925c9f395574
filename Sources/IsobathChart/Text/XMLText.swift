// SPDX-License-Identifier: GPL-3.0-or-later

/// Text that may stand in an SVG: what cannot be shown, or changes the order of what is shown,
/// becomes U+FFFD, so that a trick stays visible; line breaks and tabs become spaces.
func printable(_ string: String) -> String {
  var result = String.UnicodeScalarView()
  for scalar in string.unicodeScalars {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029: result.append(" ")
    case 0x00...0x1F, 0x7F...0x9F: result.append("\u{FFFD}")
    // Marks, embeddings, overrides and isolates of the bidirectional algorithm.
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: result.append("\u{FFFD}")
    // Invisible: word joiners, byte order mark, annotation anchors, tags.
    case 0x200B, 0x2060...0x2064, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F:
      result.append("\u{FFFD}")
    default:
      // XML has no noncharacters.
      let isCharacter = scalar.value & 0xFFFE != 0xFFFE && !(0xFDD0...0xFDEF).contains(scalar.value)
      result.append(isCharacter ? scalar : "\u{FFFD}")
    }
  }
  return String(result)
}

/// Printable text with the five characters of XML's syntax written as entities; safe as content
/// and inside a quoted attribute.
func escaped(_ string: String) -> String {
  var result = ""
  for scalar in printable(string).unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
