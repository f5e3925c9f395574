// SPDX-License-Identifier: GPL-3.0-or-later

/// A line or a paragraph of text with code, emphasis, links and notes in it.
///
/// Whatever is interpolated without a label is text and is escaped, as are the literals around it:
///
/// ```swift
/// let sentence: Prose = "Lowest at \(code: "residual.17"): \(strong: "2.71 nats")\(note: "wei")."
/// ```
package struct Prose: Sendable, ExpressibleByStringInterpolation {
  package enum Run: Sendable {
    case text(String)
    case code(String)
    case emphasis(String)
    case strong(String)
    case link(Prose, LinkTarget)
    case note(NoteID)
    case lineBreak
  }

  package private(set) var runs: [Run]

  /// Plain text.
  package init(_ text: String) { runs = [.text(text)] }

  package init(stringLiteral text: String) { self.init(text) }

  package init(stringInterpolation: StringInterpolation) { runs = stringInterpolation.runs }

  /// A name in code type.
  package static func code(_ text: String) -> Prose { Prose(runs: [.code(text)]) }

  package static func link(_ prose: Prose, to target: LinkTarget) -> Prose {
    Prose(runs: [.link(prose, target)])
  }

  package static func + (a: Prose, b: Prose) -> Prose { Prose(runs: a.runs + b.runs) }

  /// Prose with a separator between its parts.
  package static func joined(_ parts: [Prose], separator: String = ", ") -> Prose {
    Prose(
      runs: parts.enumerated().flatMap { index, part in
        (index > 0 ? [.text(separator)] : []) + part.runs
      })
  }

  private init(runs: [Run]) { self.runs = runs }

  package struct StringInterpolation: StringInterpolationProtocol, Sendable {
    fileprivate var runs: [Run] = []

    package init(literalCapacity: Int, interpolationCount: Int) {}

    package mutating func appendLiteral(_ literal: String) { runs.append(.text(literal)) }

    package mutating func appendInterpolation(_ text: String) { runs.append(.text(text)) }

    package mutating func appendInterpolation(_ number: Int) { runs.append(.text(String(number))) }

    package mutating func appendInterpolation(_ prose: Prose) { runs += prose.runs }

    package mutating func appendInterpolation(code text: String) { runs.append(.code(text)) }

    package mutating func appendInterpolation(emphasis text: String) {
      runs.append(.emphasis(text))
    }

    package mutating func appendInterpolation(strong text: String) { runs.append(.strong(text)) }

    package mutating func appendInterpolation(link prose: Prose, to target: LinkTarget) {
      runs.append(.link(prose, target))
    }

    package mutating func appendInterpolation(note id: NoteID) { runs.append(.note(id)) }

    /// A break within a paragraph or a cell.
    package mutating func appendInterpolation(lineBreak: Void) { runs.append(.lineBreak) }
  }
}
