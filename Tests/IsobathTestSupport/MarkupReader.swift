// SPDX-License-Identifier: GPL-3.0-or-later

/// One element of a page, as its opening tag says.
package struct MarkupElement: Sendable {
  package let name: String
  /// As written, entities and all.
  package let attributes: [String: String]
}

/// Reads the tags of an HTML page and checks that each is closed where it must be: a strict reader,
/// for which what browsers repair is an error.
package struct MarkupReader: Sendable {
  /// What is wrong with a page.
  package struct Fault: Error, CustomStringConvertible {
    package let description: String
  }

  private static let empty: Set<Substring> = ["meta", "br", "hr"]
  /// Their content is not markup.
  private static let raw: Set<Substring> = ["script", "style"]

  /// Every element in the order of its opening tag.
  package private(set) var elements: [MarkupElement] = []
  private var open: [Substring] = []

  package init(_ page: String) throws(Fault) {
    var rest = page[...]
    guard rest.hasPrefix("<!DOCTYPE html>\n") else { throw Fault(description: "no doctype") }
    rest = rest.dropFirst("<!DOCTYPE html>\n".count)
    while let start = rest.firstIndex(of: "<") {
      if let stray = rest[..<start].firstIndex(of: ">") {
        throw Fault(description: "a bare '>' after '\(rest[..<stray].suffix(30))'")
      }
      rest = rest[start...]
      guard let end = MarkupReader.end(rest) else {
        throw Fault(description: "a tag without an end: \(rest.prefix(40))")
      }
      let tag = rest[rest.index(after: rest.startIndex)..<end]
      rest = rest[rest.index(after: end)...]
      try read(tag)
      if let last = open.last, MarkupReader.raw.contains(last), !tag.hasPrefix("/") {
        guard let close = rest.firstRange(of: "</\(last)>") else {
          throw Fault(description: "<\(last)> without an end")
        }
        rest = rest[close.lowerBound...]
      }
    }
    guard open.isEmpty else { throw Fault(description: "left open: \(open)") }
  }

  /// The end of the tag that the text begins with: a '>' outside quotes.
  private static func end(_ text: Substring) -> Substring.Index? {
    var isQuoted = false
    for index in text.indices {
      if text[index] == "\"" { isQuoted.toggle() }
      if text[index] == ">" && !isQuoted { return index }
    }
    return nil
  }

  private mutating func read(_ tag: Substring) throws(Fault) {
    if tag.hasPrefix("/") {
      guard open.last == tag.dropFirst() else {
        throw Fault(description: "</\(tag.dropFirst())> closes \(open.last ?? "nothing")")
      }
      open.removeLast()
      return
    }
    let isClosed = tag.hasSuffix("/")
    let body = isClosed ? tag.dropLast() : tag
    let name = body.prefix { $0 != " " }
    guard !name.isEmpty, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else {
      throw Fault(description: "no element is called '\(name)'")
    }
    elements.append(
      MarkupElement(name: String(name), attributes: try MarkupReader.attributes(body)))
    if !isClosed && !MarkupReader.empty.contains(name) { open.append(name) }
  }

  /// `name` or `name="value"`, each after one space.
  private static func attributes(_ tag: Substring) throws(Fault) -> [String: String] {
    var attributes: [String: String] = [:]
    var rest = tag.drop { $0 != " " }
    while !rest.isEmpty {
      guard let match = rest.prefixMatch(of: /\ ([A-Za-z0-9:-]+)(?:="([^"]*)")?/) else {
        throw Fault(description: "attributes of <\(tag.prefix(60))>")
      }
      guard attributes.updateValue(String(match.2 ?? ""), forKey: String(match.1)) == nil else {
        throw Fault(description: "<\(tag.prefix(60))> has '\(match.1)' twice")
      }
      rest = rest[match.range.upperBound...]
    }
    return attributes
  }
}
