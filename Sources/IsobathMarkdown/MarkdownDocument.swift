// SPDX-License-Identifier: GPL-3.0-or-later

/// A document of blocks, written as GitHub-flavoured Markdown.
///
/// ```swift
/// MarkdownDocument {
///   Block.heading(1, "Compression in \(code: model)")
///   Block.paragraph("Entropy is lowest at \(code: site): \(strong: value) nats.")
///   Block.image(figure, alt: "Line chart …")
/// }.text
/// ```
///
/// The same blocks give the same bytes; text can neither open HTML nor break a table.
package struct MarkdownDocument: Sendable {
  package var blocks: [Block]

  package init(_ blocks: [Block]) { self.blocks = blocks }

  package init(@BlockBuilder _ blocks: () -> [Block]) { self.blocks = blocks() }

  /// The document with one newline at its end.
  package var text: String {
    MarkdownWriter(width: 100).lines(blocks).joined(separator: "\n") + "\n"
  }
}
