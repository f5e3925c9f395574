// SPDX-License-Identifier: GPL-3.0-or-later

/// A token that is cut out of the text as it stands, before anything else happens to it.
struct AddedToken: Sendable {
  var id: Int32
  var content: [UInt8]
  var singleWord = false
  var stripsLeft = false
  var stripsRight = false
  /// Whether it is looked for in the normalised text rather than the raw one.
  var isNormalized = false
  /// Whether it stands for something that is not text: a beginning, an end, a separator.
  var isSpecial = false
}

/// Finds added tokens: leftmost first, the longest where several begin.
struct AddedTokens: Sendable {
  /// Text between tokens, or a token.
  enum Part {
    case text(Range<Int>)
    case token(Int32)
  }

  private let tokens: [AddedToken]
  /// The places of tokens in the list.
  private let trie: ByteTrie
  private let beginsToken: [Bool]

  /// - Parameter path: the file, for errors.
  init(_ tokens: [AddedToken], path: String) throws(TextError) {
    var begins = [Bool](repeating: false, count: 256)
    var seen = Set<[UInt8]>()
    for token in tokens {
      guard let first = token.content.first else {
        throw .tokenizer(path: path, what: "added token \(token.id) becomes empty when normalised")
      }
      guard seen.insert(token.content).inserted else {
        let shown = String(decoding: token.content.prefix(40), as: UTF8.self)
        throw .tokenizer(path: path, what: "the added token '\(shown)' is there twice")
      }
      begins[Int(first)] = true
    }
    trie = ByteTrie(tokens.map { $0.content[...] })
    self.tokens = tokens
    beginsToken = begins
  }

  var isEmpty: Bool { tokens.isEmpty }

  /// Cuts a text; the parts cover it, but for what a token strips.
  func split(_ text: UnsafeBufferPointer<UInt8>) -> [Part] {
    if tokens.isEmpty { return text.isEmpty ? [] : [.text(0..<text.count)] }
    var parts: [Part] = []
    var start = 0
    var at = 0
    while at < text.count {
      guard beginsToken[Int(text[at])], let (token, end) = longest(text, at) else {
        at += 1
        continue
      }
      var (left, right) = (at, end)
      // What the last token stripped may hold another one.
      at = end
      if token.singleWord, isWord(text, before: left) || isWord(text, from: right) { continue }
      if token.stripsLeft { left = max(start, spaceStart(text, left)) }
      if token.stripsRight { right = spaceEnd(text, right) }
      if left > start { parts.append(.text(start..<left)) }
      parts.append(.token(token.id))
      start = right
    }
    if start < text.count { parts.append(.text(start..<text.count)) }
    return parts
  }

  private func longest(
    _ text: UnsafeBufferPointer<UInt8>, _ start: Int
  ) -> (token: AddedToken, end: Int)? {
    var node = ByteTrie.root
    var at = start
    var found: (index: Int32, end: Int)?
    while at < text.count, let next = trie.child(node, text[at]) {
      node = next
      at += 1
      if trie.value(node) >= 0 { found = (trie.value(node), at) }
    }
    return found.map { (tokens[Int($0.index)], $0.end) }
  }

  private func isWord(_ text: UnsafeBufferPointer<UInt8>, before at: Int) -> Bool {
    at > 0 && Scalars.isWord(UTF8Scalar.before(text, at).value)
  }

  private func isWord(_ text: UnsafeBufferPointer<UInt8>, from at: Int) -> Bool {
    at < text.count && Scalars.isWord(UTF8Scalar.at(text, at).value)
  }

  private func spaceStart(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
    var at = at
    while at > 0 {
      let (value, length) = UTF8Scalar.before(text, at)
      guard Scalars.isWhitespace(value) else { break }
      at -= length
    }
    return at
  }

  private func spaceEnd(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
    var at = at
    while at < text.count {
      let (value, length) = UTF8Scalar.at(text, at)
      guard Scalars.isWhitespace(value) else { break }
      at += length
    }
    return at
  }
}
