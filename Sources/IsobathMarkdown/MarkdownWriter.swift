// SPDX-License-Identifier: GPL-3.0-or-later

/// Turns blocks into lines.
struct MarkdownWriter: Sendable {
  /// Paragraphs are wrapped at this column; 0 and less wrap every word.
  let width: Int

  /// Blocks with an empty line between them.
  func lines(_ blocks: [Block]) -> [String] {
    var result: [String] = []
    for block in blocks {
      let lines = lines(block)
      guard !lines.isEmpty else { continue }
      if !result.isEmpty { result.append("") }
      result += lines
    }
    return result
  }

  private func lines(_ block: Block) -> [String] {
    switch block {
    case .heading(let level, let title, let anchor):
      precondition((1...6).contains(level), "a heading of level \(level)")
      let mark = String(repeating: "#", count: level)
      let line = "\(mark) \(InlineWriter(isHeading: true).line(title))"
      return (anchor.map { ["<a id=\"\($0.name)\"></a>", ""] } ?? []) + [line]
    case .paragraph(let prose): return wrapped(InlineWriter().words(prose))
    case .table(let table): return TableWriter(table: table).lines
    case .list(let items, let isNumbered): return list(items, isNumbered: isNumbered)
    case .image(let target, let alt):
      return ["![\(escaped(alt))](\(target.destination))"]
    case .details(let summary, let blocks):
      // The empty lines let Markdown begin again within the HTML.
      return ["<details>", "<summary>\(htmlEscaped(summary))</summary>", ""] + lines(blocks)
        + ["", "</details>"]
    case .code(let code, let language): return fenced(code, language: language)
    case .notes(let notes):
      return notes.flatMap { note in
        indented(noteLines(note.text), first: "[^\(note.id.name)]: ", others: "    ")
      }
    case .rule: return ["---"]
    }
  }

  private func list(_ items: [[Block]], isNumbered: Bool) -> [String] {
    // An item of one paragraph makes a tight list; longer ones are set apart.
    let isTight = items.allSatisfy { item in
      item.count == 1 && item.allSatisfy { if case .paragraph = $0 { true } else { false } }
    }
    var result: [String] = []
    for (index, item) in items.enumerated() {
      let mark = isNumbered ? "\(index + 1). " : "- "
      let inner = MarkdownWriter(width: width - mark.count).lines(item)
      if !isTight && !result.isEmpty { result.append("") }
      result += indented(
        inner.isEmpty ? [""] : inner, first: mark,
        others: String(repeating: " ", count: mark.count))
    }
    return result
  }

  /// Where notes are unknown, `[^id]: word "title"` would define a link; two spaces written as
  /// entities before the text make that impossible.
  private func noteLines(_ text: Prose) -> [String] {
    let words = InlineWriter().words(text)
    let writer = MarkdownWriter(width: width - 4)
    let lines = writer.wrapped(words)
    let first = (lines.first ?? "").split(separator: " ")
    let isDefinition = first.count < 2 || "\"'(".contains(first[1].first ?? " ")
    return isDefinition ? writer.wrapped(["&#32;", "&#32;"] + words) : lines
  }

  private func indented(_ lines: [String], first: String, others: String) -> [String] {
    lines.enumerated().map { index, line in
      if index == 0 { return line.isEmpty ? String(first.dropLast()) : first + line }
      return line.isEmpty ? "" : others + line
    }
  }

  private func fenced(_ code: String, language: String) -> [String] {
    var lines = printableLines(code)
    if lines.last == "" { lines.removeLast() }
    let longest = lines.map { longestRun(of: "`", in: $0) }.max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    let name = language.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    return [fence + name] + lines + [fence]
  }

  /// Words in lines of the width where possible; each line is safe at its start.
  private func wrapped(_ words: [String]) -> [String] {
    var lines: [String] = []
    for word in words {
      if word == InlineWriter.lineBreak {
        if !lines.isEmpty { lines[lines.count - 1] += "\\" }
        lines.append("")
      } else if let last = lines.last, !last.isEmpty, last.count + 1 + word.count <= width {
        lines[lines.count - 1] = last + " " + word
      } else if lines.last == "" {
        lines[lines.count - 1] = lineStart(word)
      } else {
        lines.append(lineStart(word))
      }
    }
    return MarkdownWriter.withoutLooseBreaks(lines)
  }

  /// A break needs text on both sides: an empty line would end the paragraph, and a backslash at
  /// its end would stay one.
  private static func withoutLooseBreaks(_ lines: [String]) -> [String] {
    var kept = lines.filter { !$0.isEmpty && $0 != "\\" }
    if lines.last == "", let last = kept.last, last.hasSuffix("\\") {
      kept[kept.count - 1] = String(last.dropLast())
    }
    return kept
  }
}
