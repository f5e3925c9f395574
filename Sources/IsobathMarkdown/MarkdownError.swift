// SPDX-License-Identifier: GPL-3.0-or-later

/// What cannot be written into a document.
package enum MarkdownError: Error, Equatable {
  /// A link with a scheme that could run code or leave the reader's page.
  case linkRefused(String)
  /// An anchor or a note whose name has other letters than a–z, 0–9 and hyphens.
  case badName(String)
}

extension MarkdownError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .linkRefused(let text):
      "the link '\(printable(text))' is refused: use a relative path, '#anchor', http or https"
    case .badName(let name):
      "'\(printable(name))' cannot name an anchor or a note: use a–z, 0–9 and inner hyphens"
    }
  }
}
