// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMarkdown

/// A document of blocks as one HTML page that needs no other file and no network: its figures, its
/// style and its script are in it, and its policy lets a browser load and run nothing else.
///
/// The same blocks give the same bytes; text can open no element, and links lead only where
/// `LinkTarget` allows.
package struct HTMLPage: Sendable {
  /// Declarations of custom properties, which the page switches between: of both themes `--paper`,
  /// `--ink`, `--grey` and `--grid`, and whatever the figures are drawn with.
  package struct Themes: Sendable {
    let light: String
    let dark: String

    package init(light: String, dark: String) {
      self.light = light
      self.dark = dark
    }
  }

  private let blocks: [Block]
  private let figures: [String: HTMLFigure]
  private let themes: Themes

  /// - Parameter figures: what stands for images, by their destination.
  package init(_ blocks: [Block], figures: [String: HTMLFigure] = [:], themes: Themes) {
    self.blocks = blocks
    self.figures = figures
    self.themes = themes
  }

  /// The page with one newline at its end.
  package var text: String {
    let outline = Outline(blocks, reserved: ["content", "contents"])
    var writer = HTMLWriter(figures: figures, outline: outline)
    let opening = blocks.firstIndex { HTMLPage.level($0) ?? 0 > 1 } ?? blocks.count
    let first = writer.html(Array(blocks[..<opening]))
    let rest = writer.html(Array(blocks[opening...]))
    let style = styleSheet
    let script = Resource.script
    let policy = ContentPolicy(script: script, style: style)
    let title = outline.entries.first?.title ?? "Report"
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(policy.text)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="referrer" content="no-referrer">
      <title>\(escaped(title))</title>
      <style>\(style)</style>
      </head>
      <body>
      <a class="skip" href="#content">Skip to the report</a>
      <header class="bar">
      <p>Isobath</p>
      <button type="button" class="theme" aria-pressed="false" hidden>Dark</button>
      </header>
      <main id="content" class="page" tabindex="-1">
      <div class="opening">
      \(first)</div>
      \(contents(outline))<div class="body">
      \(rest)</div>
      </main>
      <script>\(script)</script>
      </body>
      </html>

      """
  }

  private static func level(_ block: Block) -> Int? {
    if case .heading(let level, _, _) = block { return level }
    return nil
  }

  private var styleSheet: String {
    """
    \(Resource.style):root{\(themes.light)}
    @media screen{:root[data-theme=dark]{\(themes.dark)}}
    @media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){\(themes.dark)}}

    """
  }

  /// Links to the sections; nothing when there are none.
  private func contents(_ outline: Outline) -> String {
    let links = outline.entries.filter { (2...3).contains($0.level) }.map { entry in
      let mark = entry.level > 2 ? " class=\"sub\"" : ""
      return "<li\(mark)><a href=\"#\(entry.id)\">\(escaped(entry.title))</a></li>\n"
    }
    guard !links.isEmpty else { return "" }
    return """
      <nav id="contents" aria-label="Contents">
      <ol>
      \(links.joined())</ol>
      </nav>

      """
  }
}
