// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMarkdown

/// Text that may stand as content and inside a quoted attribute: what cannot be shown, or changes the
/// order of what is shown, is U+FFFD as in Markdown, and the five characters of the syntax are
/// entities.
func escaped(_ text: String) -> String {
  printable(text).unicodeScalars.reduce(into: "") { result, scalar in
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    default: result.unicodeScalars.append(scalar)
    }
  }
}

extension Prose {
  /// The words alone.
  var plain: String {
    runs.map { run in
      switch run {
      case .text(let text), .code(let text), .emphasis(let text), .strong(let text): text
      case .link(let prose, _): prose.plain
      case .note: ""
      case .lineBreak: " "
      }
    }.joined()
  }

  /// Whether nothing but blanks stands beside what is strong.
  var isStrong: Bool {
    var isStrong = false
    for run in runs {
      switch run {
      case .strong: isStrong = true
      case .text(let text) where text.allSatisfy(\.isWhitespace): continue
      default: return false
      }
    }
    return isStrong
  }
}
