// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMarkdown

/// Writes prose, and numbers its notes in the order in which they are first named.
struct InlineHTML: Sendable {
  private(set) var notes: [String] = []
  private var referred: Set<String> = []

  mutating func text(_ prose: Prose) -> String {
    prose.runs.reduce(into: "") { $0 += text($1) }
  }

  /// The number of a note, from 1 on.
  mutating func number(_ id: NoteID) -> Int {
    if let place = notes.firstIndex(of: id.name) { return place + 1 }
    notes.append(id.name)
    return notes.count
  }

  /// A link to another report leads from page to page.
  private func page(_ destination: String) -> String {
    let isReport = destination.hasSuffix("/README.md") && !destination.contains(":")
    return isReport ? destination.dropLast("README.md".count) + "report.html" : destination
  }

  private mutating func text(_ run: Prose.Run) -> String {
    switch run {
    case .text(let text): return escaped(text).replacing(" %", with: "\u{A0}%")
    case .code(let text): return "<code>\(escaped(text))</code>"
    case .emphasis(let text): return "<em>\(escaped(text))</em>"
    case .strong(let text):
      return "<strong>\(escaped(text).replacing(" %", with: "\u{A0}%"))</strong>"
    case .lineBreak: return "<br>"
    case .link(let prose, let target):
      // A link within a link is only its text.
      return "<a href=\"\(page(target.destination))\">\(escaped(prose.plain))</a>"
    case .note(let id):
      let number = number(id)
      // Only the first place can be returned to.
      let place = referred.insert(id.name).inserted ? " id=\"noted-\(id.name)\"" : ""
      return "<sup><a\(place) href=\"#note-\(id.name)\">\(number)</a></sup>"
    }
  }
}
