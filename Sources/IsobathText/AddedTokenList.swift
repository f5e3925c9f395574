// SPDX-License-Identifier: GPL-3.0-or-later

/// Added tokens with the ids that the reference gives them.
struct AddedTokenList {
  private(set) var tokens: [AddedToken] = []
  private(set) var notes: [String] = []
  private var places: [[UInt8]: Int] = [:]
  private var next: Int32
  private let vocabulary: Vocabulary

  /// - Parameter next: the id of the first token that the vocabulary lacks.
  init(next: Int32, _ vocabulary: Vocabulary) {
    self.next = next
    self.vocabulary = vocabulary
  }

  /// The id of a token that has been added.
  func id(of content: [UInt8]) -> Int32? { places[content].map { tokens[$0].id } }

  /// Adds a token that no file gives an id.
  mutating func add(unnumbered token: AddedToken) {
    var token = token
    token.id = vocabulary.id(token.content) ?? next
    add(token)
  }

  /// Adds a token with the id that the vocabulary has for it, or the next one; an empty one is left
  /// out, and the last of equal ones counts.
  mutating func add(_ token: AddedToken) {
    if token.content.isEmpty { return }
    var given = token
    if let place = places[token.content] {
      given.id = tokens[place].id
      tokens[place] = given
      return
    }
    if let id = vocabulary.id(token.content) {
      given.id = id
    } else {
      given.id = next
      next += 1
    }
    if given.id != token.id {
      let shown = String(decoding: token.content.prefix(40), as: UTF8.self)
      notes.append("the added token '\(shown)' has the id \(given.id), not \(token.id)")
    }
    places[token.content] = tokens.count
    tokens.append(given)
  }
}
