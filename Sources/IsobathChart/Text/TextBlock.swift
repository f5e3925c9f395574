// SPDX-License-Identifier: GPL-3.0-or-later

/// Size, weight and ink of text.
struct Font: Sendable {
  let size: Double
  var isBold = false
  var color = Color.ink

  var lineHeight: Double { (size * 1.36).rounded() }

  func width(_ string: String) -> Double {
    TextMetrics.width(string, size: size, bold: isBold)
  }

  /// `string` itself, or its beginning and its end around an ellipsis: in names, both tell.
  func shortened(_ string: String, to width: Double) -> String {
    guard self.width(string) > width else { return string }
    let characters = Array(string)
    for count in stride(from: min(characters.count, 400) - 1, through: 2, by: -1) {
      let head = String(characters[..<(count / 2)])
      let tail = String(characters[(characters.count - (count + 1) / 2)...])
      if self.width(head + "…" + tail) <= width { return head + "…" + tail }
    }
    return fitted(string, to: width)
  }

  /// `string` itself, or its beginning and an ellipsis, within `width`.
  func fitted(_ string: String, to width: Double) -> String {
    guard self.width(string) > width else { return string }
    var kept = ""
    for character in string {
      guard self.width(kept + String(character) + "…") <= width else { break }
      kept.append(character)
    }
    return kept + "…"
  }
}

/// A paragraph broken into lines that fit a width.
struct TextBlock: Sendable {
  let font: Font
  let lines: [String]

  /// - Parameter limit: what does not fit in this many lines ends in an ellipsis.
  init(_ string: String, font: Font, width: Double, limit: Int = 4) {
    self.font = font
    let all = TextBlock.wrapped(printable(string), font: font, width: width, limit: limit + 1)
    guard all.count > limit else {
      lines = all
      return
    }
    let rest = all[limit - 1] + " " + all[limit]
    lines = all[..<(limit - 1)] + [font.fitted(rest + "…", to: width)]
  }

  var height: Double { Double(lines.count) * font.lineHeight }

  var width: Double { lines.map { font.width($0) }.max() ?? 0 }

  /// Draws the lines downward from `y`, the top of the first.
  func draw(x: Double, y: Double, anchor: Anchor = .start, into svg: inout SVG) {
    for (index, line) in lines.enumerated() {
      let baseline = y + Double(index) * font.lineHeight + font.size
      svg.label(line, x: x, y: baseline, font: font, anchor: anchor)
    }
  }

  private static func wrapped(
    _ string: String, font: Font, width: Double, limit: Int
  ) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in string.split(separator: " ") {
      for piece in pieces(of: word, font: font, width: width) {
        let longer = line.isEmpty ? piece : line + " " + piece
        if font.width(longer) <= width {
          line = longer
        } else {
          if !line.isEmpty { lines.append(line) }
          line = piece
        }
      }
      if lines.count >= limit { return Array(lines.prefix(limit)) }
    }
    return line.isEmpty ? lines : lines + [line]
  }

  /// A word too long for a line, cut where it must be; otherwise the word.
  private static func pieces(of word: Substring, font: Font, width: Double) -> [String] {
    guard font.width(String(word)) > width else { return [String(word)] }
    var pieces: [String] = []
    var piece = ""
    var used = 0.0
    for character in word.prefix(400) {
      let advance = font.width(String(character))
      if !piece.isEmpty && used + advance > width {
        pieces.append(piece)
        (piece, used) = ("", 0)
      }
      piece.append(character)
      used += advance
    }
    return pieces + [piece]
  }
}
