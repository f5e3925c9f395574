// SPDX-License-Identifier: GPL-3.0-or-later

/// SentencePiece's BPE: no list of merges; of all neighbours that make a token together, the pair
/// whose token has the highest score is merged first. https://github.com/google/sentencepiece
///
/// The pairs are found when the model is read, from every way to cut a token in two, so that a text
/// costs the same as with a list of merges.
struct ScoredBPE: Sendable {
  /// A token of the model.
  struct Piece: Sendable {
    var bytes: ArraySlice<UInt8>
    var score: Double
    /// Whether it may be what a merge makes; control tokens may not.
    var isMergeable = true
  }

  let vocabulary: Vocabulary
  private let merges: PairTable
  private let cuts: SafeCuts?
  /// The ids of characters: tokens, or numbers from `vocabulary.end` on for those that only occur
  /// within tokens.
  private let characters: Vocabulary
  /// The characters that only occur within tokens, in the order of their numbers.
  private let strangers: [ArraySlice<UInt8>]
  private let byteTokens: [Int32?]
  private let unknown: Int32?
  private let path: String
  private static let longestToken = 512

  /// - Parameters:
  ///   - pieces: the tokens; a token's place is its id.
  ///   - unknown: the token for characters that are neither tokens nor bytes of them.
  ///   - fallsBackToBytes: whether `<0x00>` … `<0xFF>` are used for those.
  ///   - path: the file, for errors.
  init(
    _ pieces: [Piece], unknown: Int32?, fallsBackToBytes: Bool, path: String
  ) throws(TextError) {
    var vocabulary = Vocabulary(capacity: pieces.count)
    for (id, piece) in pieces.enumerated() {
      guard piece.bytes.count <= ScoredBPE.longestToken else {
        throw .tokenizer(
          path: path,
          what: "token \(id) has \(piece.bytes.count) bytes; at most "
            + "\(ScoredBPE.longestToken) are run")
      }
      vocabulary.insert(piece.bytes, id: Int32(id))
    }
    var builder = ScoredPairs(pieces, vocabulary)
    builder.addAll()
    self.vocabulary = vocabulary
    self.path = path
    self.unknown = unknown
    characters = builder.characters
    merges = builder.table
    byteTokens = fallsBackToBytes ? vocabulary.byteTokens : []
    cuts = SafeCuts(builder.list, vocabulary, apart: [])
    strangers = builder.strangers
  }

  /// The ids of one character that is no token.
  private func outside(_ bytes: some Collection<UInt8>) throws(TextError) -> [Int32] {
    if !byteTokens.isEmpty {
      let found = bytes.compactMap { byteTokens[Int($0)] }
      if found.count == bytes.count { return found }
    }
    guard let unknown else {
      throw .tokenizer(
        path: path, what: "a text needs an unknown token, and the model names none")
    }
    return [unknown]
  }

  func encode(
    _ piece: UnsafeBufferPointer<UInt8>, _ work: inout Workspace, into ids: inout [Int32]
  ) throws(TextError) {
    guard let cuts, piece.count > SafeCuts.shortest else {
      try encodeWhole(piece, &work.merger, into: &ids)
      return
    }
    try cuts.forEach(piece) { part throws(TextError) in
      if work.cache.append(part, to: &ids) { return }
      let start = ids.count
      try encodeWhole(part, &work.merger, into: &ids)
      work.cache.keep(part, ids[start...])
    }
  }

  private func encodeWhole(
    _ piece: UnsafeBufferPointer<UInt8>, _ merger: inout Merger, into ids: inout [Int32]
  ) throws(TextError) {
    let start = ids.count
    var unmerged: [Int32: [Int32]] = [:]
    var at = 0
    while at < piece.count {
      let end = min(piece.count, at + UTF8Scalar.length(piece[at]))
      if let id = characters.id(piece.part(at..<end)) {
        ids.append(id)
      } else {
        // A character of no token merges with nothing: any number of its own will do.
        let stranger = Int32.max - Int32(unmerged.count)
        unmerged[stranger] = try outside(piece.part(at..<end))
        ids.append(stranger)
      }
      at = end
    }
    merger.merge(&ids, from: start, merges)
    if unmerged.isEmpty, !ids[start...].contains(where: { $0 >= vocabulary.end }) { return }
    let symbols = Array(ids[start...])
    ids.removeLast(symbols.count)
    var isUnknown = false
    for id in symbols {
      let outside = try self.outside(id, unmerged)
      // Neighbouring unknown characters are one.
      let isNext = outside == unknown.map { [$0] } && outside != nil
      if !isNext || !isUnknown { ids += outside ?? [id] }
      isUnknown = isNext
    }
  }

  /// The ids of a symbol that is no token.
  private func outside(
    _ id: Int32, _ unmerged: [Int32: [Int32]]
  ) throws(TextError) -> [Int32]? {
    if id < vocabulary.end { return nil }
    if let outside = unmerged[id] { return outside }
    return try outside(strangers[Int(id - vocabulary.end)])
  }
}

/// Finds the pairs that make tokens.
private struct ScoredPairs {
  private let pieces: [ScoredBPE.Piece]
  private let vocabulary: Vocabulary
  private(set) var characters: Vocabulary
  /// Characters that occur within tokens and are none.
  private(set) var strangers: [ArraySlice<UInt8>] = []
  private(set) var table = PairTable(capacity: 0)
  private(set) var list = MergeList()

  init(_ pieces: [ScoredBPE.Piece], _ vocabulary: Vocabulary) {
    self.pieces = pieces
    self.vocabulary = vocabulary
    characters = Vocabulary(capacity: 1024)
  }

  mutating func addAll() {
    let order = Set(pieces.map(\.score)).sorted(by: >)
    let ranks = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, Int32($0)) })
    var found: [(left: Int32, right: Int32, merge: PairTable.Merge)] = []
    for piece in pieces { addCharacters(of: piece.bytes) }
    for (id, piece) in pieces.enumerated() where piece.isMergeable {
      guard vocabulary.id(piece.bytes) == Int32(id), let rank = ranks[piece.score] else { continue }
      var at = piece.bytes.startIndex
      while at < piece.bytes.endIndex {
        at += UTF8Scalar.length(piece.bytes[at])
        guard at < piece.bytes.endIndex else { break }
        let (left, right) = (piece.bytes[..<at], piece.bytes[at...])
        if let a = symbol(left), let b = symbol(right) {
          found.append((a, b, PairTable.Merge(rank: rank, result: Int32(id))))
          list.append(left, right)
        }
      }
    }
    table = PairTable(capacity: found.count)
    for pair in found { table.set(pair.left, pair.right, pair.merge) }
  }

  private mutating func addCharacters(of bytes: ArraySlice<UInt8>) {
    var at = bytes.startIndex
    while at < bytes.endIndex {
      let end = min(bytes.endIndex, at + UTF8Scalar.length(bytes[at]))
      let character = bytes[at..<end]
      if characters.id(character) == nil {
        if let id = vocabulary.id(character) {
          characters.insert(character, id: id)
        } else {
          let id = vocabulary.end + Int32(strangers.count)
          characters.insert(character, id: id)
          strangers.append(character)
        }
      }
      at = end
    }
  }

  /// The symbol with this text: a token that merging can make, or one character.
  private func symbol(_ text: ArraySlice<UInt8>) -> Int32? {
    if let id = characters.id(text) { return id }
    guard let id = vocabulary.id(text), pieces[Int(id)].isMergeable else { return nil }
    return id
  }
}
