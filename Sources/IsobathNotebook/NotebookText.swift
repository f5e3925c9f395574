// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord

/// Texts from outside (names of models, of corpora, options), spelled so that they stay texts.
enum NotebookText {
  /// A literal of Python that is this text.
  static func python(_ text: String) -> String {
    var literal = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": literal += "\\\""
      case "\\": literal += "\\\\"
      case " "..."~": literal.unicodeScalars.append(scalar)
      default:
        let hex = String(scalar.value, radix: 16)
        let isShort = hex.count <= 4
        literal += isShort ? "\\u" : "\\U"
        literal += String(repeating: "0", count: (isShort ? 4 : 8) - hex.count) + hex
      }
    }
    return literal + "\""
  }

  /// Markdown that shows this text and nothing else, also in a cell of a table: `<code>`, which is
  /// neither markup nor mathematics, with every character that could end it as an entity.
  static func markdown(_ text: String) -> String {
    var shown = ""
    for scalar in VisibleText.escaped(text).unicodeScalars {
      let isPlain =
        " ,-".unicodeScalars.contains(scalar) || !scalar.isASCII || scalar.properties.isAlphabetic
        || ("0"..."9").contains(scalar)
      if isPlain { shown.unicodeScalars.append(scalar) } else { shown += "&#\(scalar.value);" }
    }
    return text.isEmpty ? "" : "<code>\(shown)</code>"
  }

  /// Markdown that reads as this text and nothing else: what could be markup is an entity, and what
  /// could begin mathematics stands in `<code>`.
  static func prose(_ text: String) -> String {
    let scalars = Array(VisibleText.escaped(text).unicodeScalars)
    return scalars.indices.reduce(into: "") { shown, index in
      let scalar = scalars[index]
      let isWord =
        !scalar.isASCII || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
      let endsClause =
        ".,:;".unicodeScalars.contains(scalar)
        && (index + 1 == scalars.count || scalars[index + 1] == " ")
      let isInNumber =
        scalar == "." && index > 0 && index + 1 < scalars.count
        && [scalars[index - 1], scalars[index + 1]].allSatisfy { ("0"..."9").contains($0) }
      switch scalar {
      case "$", "\\": shown += "<code>&#\(scalar.value);</code>"
      case _ where isWord || endsClause || isInNumber || " ,-()%".unicodeScalars.contains(scalar):
        shown.unicodeScalars.append(scalar)
      default: shown += "&#\(scalar.value);"
      }
    }
  }
}
