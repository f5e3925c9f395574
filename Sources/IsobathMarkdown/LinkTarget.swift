// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a link or an image may lead: a place in the document, a relative path, or the web.
package struct LinkTarget: Sendable, Equatable {
  /// Percent-encoded, ASCII, without a character that Markdown or HTML would read.
  package let destination: String

  /// - Throws: for an empty text, another scheme than `http` and `https`, and `//host`, which takes
  ///   its scheme from where it is read.
  package init(_ text: String) throws(MarkdownError) {
    let start = text.prefix { !"/?#".contains($0) }
    // Backslashes count as slashes in browsers.
    let isRooted = text.hasPrefix("//") || text.hasPrefix("\\")
    guard !text.isEmpty, !isRooted else { throw .linkRefused(text) }
    if let colon = start.firstIndex(of: ":") {
      guard ["http", "https"].contains(start[..<colon].lowercased()) else {
        throw .linkRefused(text)
      }
    }
    destination = LinkTarget.encoded(text)
  }

  /// A heading's anchor in the same document.
  package init(anchor: Anchor) { destination = "#\(anchor.name)" }

  /// Letters, digits and the marks of RFC 3986 that mean nothing to Markdown stay; all other bytes
  /// are percent-encoded, and an ampersand is written so that no entity can form.
  private static func encoded(_ text: String) -> String {
    text.utf8.reduce(into: "") { result, byte in
      let scalar = Unicode.Scalar(byte)
      let isPlain =
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || "-._~/?#:@!$+,;=%".unicodeScalars.contains(scalar)
      if isPlain {
        result.unicodeScalars.append(scalar)
      } else if scalar == "&" {
        result += "&amp;"
      } else {
        let hex = String(byte, radix: 16, uppercase: true)
        result += "%" + (byte < 16 ? "0" : "") + hex
      }
    }
  }
}

/// The name of a place in a document: lower-case letters, digits and hyphens, not at the ends.
package struct Anchor: Sendable, Equatable {
  package let name: String

  package init(_ name: String) throws(MarkdownError) {
    guard isName(name) else { throw .badName(name) }
    self.name = name
  }
}

/// The name of a note: the same letters as an anchor's.
package struct NoteID: Sendable, Equatable {
  package let name: String

  package init(_ name: String) throws(MarkdownError) {
    guard isName(name) else { throw .badName(name) }
    self.name = name
  }
}

private func isName(_ name: String) -> Bool {
  !name.isEmpty && name.utf8.count <= 100 && !name.hasPrefix("-") && !name.hasSuffix("-")
    && name.unicodeScalars.allSatisfy { scalar in
      ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) || scalar == "-"
    }
}
