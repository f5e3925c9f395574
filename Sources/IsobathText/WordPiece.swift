// SPDX-License-Identifier: GPL-3.0-or-later

/// WordPiece: the longest token that begins a word, then the longest that continues it, and so on; a
/// word that cannot be covered is unknown. https://arxiv.org/abs/1810.04805
struct WordPiece: Sendable {
  let vocabulary: Vocabulary
  private let trie: ByteTrie
  /// Where tokens that continue a word begin; nil when there are none.
  private let continuation: Int32?
  private let unknown: String
  private let longestWord: Int
  private let path: String

  /// - Parameters:
  ///   - prefix: what tokens within a word begin with, `##`.
  ///   - unknown: the token for words that cannot be covered.
  ///   - longestWord: a word of more characters is unknown.
  ///   - path: the file, for errors.
  init(
    vocabulary: Vocabulary, prefix: [UInt8], unknown: String, longestWord: Int, path: String
  ) throws(TextError) {
    var tokens = [ArraySlice<UInt8>](repeating: [], count: Int(vocabulary.end))
    var longest = 0
    vocabulary.forEach { bytes, id in
      tokens[Int(id)] = bytes
      longest = max(longest, bytes.count)
    }
    guard longest <= Unigram.longestToken else {
      throw .tokenizer(
        path: path,
        what: "a token has \(longest) bytes; at most \(Unigram.longestToken) are run")
    }
    trie = ByteTrie(tokens)
    self.vocabulary = vocabulary
    self.unknown = unknown
    self.longestWord = longestWord
    self.path = path
    continuation = trie.node(prefix)
  }

  func encode(
    _ piece: UnsafeBufferPointer<UInt8>, into ids: inout [Int32]
  ) throws(TextError) {
    let start = ids.count
    var isCovered = piece.count <= longestWord || characters(piece) <= longestWord
    var at = 0
    while isCovered, at < piece.count {
      if let (end, id) = longest(piece, at) {
        ids.append(id)
        at = end
      } else {
        isCovered = false
      }
    }
    if isCovered { return }
    ids.removeLast(ids.count - start)
    guard let id = vocabulary.id(unknown) else { throw BPE.missing(unknown, path) }
    ids.append(id)
  }

  private func characters(_ piece: UnsafeBufferPointer<UInt8>) -> Int {
    piece.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
  }

  private func longest(
    _ piece: UnsafeBufferPointer<UInt8>, _ start: Int
  ) -> (end: Int, id: Int32)? {
    guard var node = start == 0 ? ByteTrie.root : continuation else { return nil }
    var found: (end: Int, id: Int32)?
    var at = start
    while at < piece.count, let next = trie.child(node, piece[at]) {
      node = next
      at += 1
      if trie.value(node) >= 0 { found = (at, trie.value(node)) }
    }
    return found
  }
}

/// One token for each word. https://huggingface.co/docs/tokenizers
struct WordLevel: Sendable {
  let vocabulary: Vocabulary
  let unknown: String
  let path: String

  func encode(
    _ piece: UnsafeBufferPointer<UInt8>, into ids: inout [Int32]
  ) throws(TextError) {
    guard let id = vocabulary.id(piece) ?? vocabulary.id(unknown) else {
      throw BPE.missing(unknown, path)
    }
    ids.append(id)
  }
}
