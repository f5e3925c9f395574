// SPDX-License-Identifier: GPL-3.0-or-later

/// Turns prose into words, between which a line may break.
struct InlineWriter: Sendable {
  var isHeading = false
  var isCell = false

  /// A word of its own, which stands for a break.
  static let lineBreak = "\n"

  func words(_ prose: Prose) -> [String] {
    var words: [String] = []
    var isOpen = false
    func glue(_ piece: String) {
      guard !piece.isEmpty else { return }
      if isOpen, let last = words.last {
        words[words.count - 1] = InlineWriter.glued(last, piece)
      } else {
        words.append(piece)
      }
      isOpen = true
    }
    for run in prose.runs {
      switch run {
      case .text(let text):
        let pieces = plain(text).split(separator: " ", omittingEmptySubsequences: false)
        for (index, piece) in pieces.enumerated() {
          if index > 0 { isOpen = false }
          glue(String(piece))
        }
      case .lineBreak:
        words.append(InlineWriter.lineBreak)
        isOpen = false
      default:
        let piece = unbroken(run)
        // Two spans that touch would be one.
        if isOpen && piece.hasPrefix("`") && words.last?.hasSuffix("`") == true { isOpen = false }
        glue(piece)
      }
    }
    return words
  }

  /// Two pieces of one word that mean together no more than each alone: an exclamation mark would
  /// make a link an image, and a parenthesis a note a link. (In text each bracket is escaped.)
  private static func glued(_ word: String, _ piece: String) -> String {
    if word.hasSuffix("!") && piece.hasPrefix("[") { return word.dropLast() + "\\!" + piece }
    let endsInNote = word.hasSuffix("]") && !word.hasSuffix("\\]")
    return endsInNote && piece.hasPrefix("(") ? word + "\\" + piece : word + piece
  }

  /// Everything on one line; a break becomes HTML's in a cell and a space elsewhere.
  func line(_ prose: Prose) -> String {
    var words = words(prose).map { $0 == InlineWriter.lineBreak ? (isCell ? "<br>" : "") : $0 }
      .filter { !$0.isEmpty }
    // Hashes at a heading's end would vanish.
    if isHeading, let last = words.last, last.allSatisfy({ $0 == "#" }) {
      words[words.count - 1] = "\\" + last
    }
    let line = words.joined(separator: " ")
    return isCell ? cellStart(line) : line
  }

  private func plain(_ text: String) -> String {
    escaped(text, inTable: isCell)
  }

  /// Runs that stay on one line.
  private func unbroken(_ run: Prose.Run) -> String {
    switch run {
    case .code(let code): isCell ? codeCell(code) : codeSpan(code)
    case .emphasis(let text): marked(text, with: "*")
    case .strong(let text): marked(text, with: "**")
    case .link(let prose, let target): "[\(inner(prose))](\(target.destination))"
    case .note(let id): "[^\(id.name)]"
    case .text, .lineBreak: ""
    }
  }

  /// Emphasis holds no space at its ends, and nothing at all around nothing.
  private func marked(_ text: String, with mark: String) -> String {
    let words = plain(text).split(separator: " ")
    return words.isEmpty ? "" : mark + words.joined(separator: " ") + mark
  }

  /// A link's text; a link within it is only its text.
  private func inner(_ prose: Prose) -> String {
    let runs = prose.runs.map { run -> String in
      switch run {
      case .text(let text): plain(text)
      case .link(let prose, _): inner(prose)
      case .note, .lineBreak: " "
      case .code, .emphasis, .strong: unbroken(run)
      }
    }
    return runs.joined()
  }
}
