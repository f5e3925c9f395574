// SPDX-License-Identifier: GPL-3.0-or-later

/// A token that is cut out of the text as it stands, before anything else happens to it.
struct AddedToken: Sendable {
  let id: Int32
  let content: [UInt8]
  var singleWord = false
  var stripsLeft = false
  var stripsRight = false
  /// Whether it is looked for in the normalised text rather than the raw one.
  var isNormalized = false
}

/// Finds added tokens: leftmost first, the longest where several begin.
struct AddedTokens: Sendable {
  /// Text between tokens, or a token.
  enum Part {
    case text(ArraySlice<UInt8>)
    case token(Int32)
  }

  private let byFirst: [[AddedToken]]

  init(_ tokens: [AddedToken]) {
    var table = [[AddedToken]](repeating: [], count: 256)
    for token in tokens {
      if let first = token.content.first { table[Int(first)].append(token) }
    }
    byFirst = table.map { $0.sorted { $0.content.count > $1.content.count } }
  }

  func split(_ text: ArraySlice<UInt8>) -> [Part] {
    var parts: [Part] = []
    var start = text.startIndex
    var at = text.startIndex
    while at < text.endIndex {
      guard let token = longest(text, at) else {
        at += 1
        continue
      }
      var (left, right) = (at, at + token.content.count)
      if token.singleWord, isWord(text, before: left) || isWord(text, from: right) {
        at = right
        continue
      }
      if token.stripsLeft { left = max(start, spaceStart(text, left, from: start)) }
      if token.stripsRight { right = spaceEnd(text, right) }
      if left > start { parts.append(.text(text[start..<left])) }
      parts.append(.token(token.id))
      (start, at) = (right, right)
    }
    if start < text.endIndex { parts.append(.text(text[start...])) }
    return parts
  }

  private func longest(_ text: ArraySlice<UInt8>, _ at: Int) -> AddedToken? {
    byFirst[Int(text[at])].first { token in
      at + token.content.count <= text.endIndex
        && text[at..<(at + token.content.count)].elementsEqual(token.content)
    }
  }

  private func scalar(_ text: ArraySlice<UInt8>, before at: Int) -> UnicodeScalar? {
    String(decoding: text[max(text.startIndex, at - 4)..<at], as: UTF8.self).unicodeScalars.last
  }

  private func scalar(_ text: ArraySlice<UInt8>, from at: Int) -> UnicodeScalar? {
    String(decoding: text[at..<min(text.endIndex, at + 4)], as: UTF8.self).unicodeScalars.first
  }

  private func isWord(_ text: ArraySlice<UInt8>, before at: Int) -> Bool {
    scalar(text, before: at).map(isWord) ?? false
  }

  private func isWord(_ text: ArraySlice<UInt8>, from at: Int) -> Bool {
    scalar(text, from: at).map(isWord) ?? false
  }

  /// What `\w` matches: letters, marks, decimal digits, connectors.
  private func isWord(_ scalar: UnicodeScalar) -> Bool {
    let properties = scalar.properties
    return properties.isAlphabetic || properties.generalCategory == .decimalNumber
      || properties.generalCategory == .connectorPunctuation || scalar.value == 0x200C
      || scalar.value == 0x200D
      || [.nonspacingMark, .spacingMark, .enclosingMark].contains(properties.generalCategory)
  }

  private func spaceStart(_ text: ArraySlice<UInt8>, _ at: Int, from start: Int) -> Int {
    var at = at
    while at > start, let last = scalar(text, before: at), last.properties.isWhitespace {
      at -= String(last).utf8.count
    }
    return at
  }

  private func spaceEnd(_ text: ArraySlice<UInt8>, _ at: Int) -> Int {
    var at = at
    while at < text.endIndex, let next = scalar(text, from: at), next.properties.isWhitespace {
      at += String(next).utf8.count
    }
    return at
  }
}
