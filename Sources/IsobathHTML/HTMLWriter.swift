// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMarkdown

/// Turns blocks into HTML, one after the other.
struct HTMLWriter: Sendable {
  /// By the destination of the image that each stands for.
  let figures: [String: HTMLFigure]
  private let headings: [Outline.Entry]
  private var inline = InlineHTML()
  private var nextHeading = 0
  /// What the next table is about: the last heading and the summaries around.
  private var heading = ""
  private var summaries: [String] = []

  init(figures: [String: HTMLFigure], outline: Outline) {
    self.figures = figures
    headings = outline.entries
  }

  mutating func html(_ blocks: [Block]) -> String {
    blocks.reduce(into: "") { $0 += html($1) }
  }

  private mutating func html(_ block: Block) -> String {
    switch block {
    case .heading(let level, let title, _): return html(heading: title, level: level)
    case .paragraph(let prose):
      let mark = prose.isStrong ? " class=\"finding\"" : ""
      return "<p\(mark)>\(inline.text(prose))</p>\n"
    case .table(let table): return html(table)
    case .list(let items, let isNumbered):
      let name = isNumbered ? "ol" : "ul"
      let rows = items.map { "<li>\(html(item: $0))</li>\n" }
      return "<\(name)>\n\(rows.joined())</\(name)>\n"
    case .image(let target, let alt): return html(image: target, alt: alt)
    case .details(let summary, let blocks):
      summaries.append(summary)
      defer { summaries.removeLast() }
      return "<details>\n<summary>\(escaped(summary))</summary>\n\(html(blocks))</details>\n"
    case .code(let code, _):
      let lines = printableLines(code).map(escapedLine).joined(separator: "\n")
      return "<pre><code>\(lines)</code></pre>\n"
    case .notes(let notes): return html(notes)
    case .rule: return "<hr>\n"
    }
  }

  /// Tabs stay in code.
  private func escapedLine(_ line: String) -> String {
    line.split(separator: "\t", omittingEmptySubsequences: false)
      .map { escaped(String($0)) }.joined(separator: "\t")
  }

  private mutating func html(heading title: Prose, level: Int) -> String {
    precondition((1...6).contains(level), "a heading of level \(level)")
    let entry = headings[nextHeading]
    nextHeading += 1
    heading = entry.title
    let text = inline.text(title)
    guard level > 1 else { return "<h1 id=\"\(entry.id)\">\(text)</h1>\n" }
    // For the pointer: who uses the keyboard has the contents.
    let link =
      "<a class=\"anchor\" href=\"#\(entry.id)\" tabindex=\"-1\" aria-hidden=\"true\">#</a>"
    return "<h\(level) id=\"\(entry.id)\">\(text) \(link)</h\(level)>\n"
  }

  /// One paragraph needs no element of its own.
  private mutating func html(item: [Block]) -> String {
    if item.count == 1, case .paragraph(let prose) = item[0] { return inline.text(prose) }
    return "\n" + html(item)
  }

  private func html(image target: LinkTarget, alt: String) -> String {
    guard let figure = figures[target.destination] else {
      // The page loads nothing: what is not in it can only be pointed to.
      return "<p><a href=\"\(target.destination)\">\(escaped(alt))</a></p>\n"
    }
    return "<figure class=\"chart\">\n\(figure.html)</figure>\n"
  }

  private mutating func html(_ notes: [(id: NoteID, text: Prose)]) -> String {
    let items = notes.map { note in
      let number = inline.number(note.id)
      let back = "<a href=\"#noted-\(note.id.name)\" aria-label=\"Back to the text\">↩</a>"
      return
        "<li id=\"note-\(note.id.name)\" value=\"\(number)\">\(inline.text(note.text)) \(back)</li>\n"
    }
    return "<ol class=\"notes\">\n\(items.joined())</ol>\n"
  }

  private mutating func html(_ table: Table) -> String {
    let classes = table.columns.map { column in
      switch column.alignment {
      case .left: ""
      case .right: " class=\"n\""
      case .centre: " class=\"c\""
      }
    }
    let head = zip(table.columns, classes).map { column, mark in
      "<th scope=\"col\"\(mark)>\(inline.text(column.title))</th>"
    }
    // A first column of words names its rows.
    let namesRows = table.columns.count > 1 && classes[0].isEmpty
    let rows = table.rows.map { row in
      let cells = row.enumerated().map { index, cell in
        namesRows && index == 0
          ? "<th scope=\"row\">\(inline.text(cell))</th>"
          : "<td\(classes[index])>\(inline.text(cell))</td>"
      }
      return "<tr>\(cells.joined())</tr>\n"
    }
    let about = ([heading] + summaries).filter { !$0.isEmpty }.joined(separator: ": ")
    let caption = about.isEmpty ? "" : "<caption>\(escaped(about))</caption>\n"
    return "<div class=\"scroll\">\n<table>\n\(caption)<thead><tr>\(head.joined())</tr></thead>\n"
      + "<tbody>\n\(rows.joined())</tbody>\n</table>\n</div>\n"
  }
}
