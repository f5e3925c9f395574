// SPDX-License-Identifier: GPL-3.0-or-later

/// Byte-pair encoding: a piece becomes one symbol for each character, or each byte, and the pairs of
/// lowest rank are merged until none is left. https://arxiv.org/abs/1508.07909
struct BPE: Sendable {
  /// What is done with characters that are no token, and how the vocabulary spells pieces.
  struct Options: Sendable {
    /// The token for what the vocabulary lacks; without one such characters are left out.
    var unknown: String?
    /// Whether neighbouring unknown characters become one token.
    var fusesUnknown = false
    /// Whether unknown characters become `<0x00>` … `<0xFF>`, where the vocabulary has them.
    var fallsBackToBytes = false
    /// Stands before every character but the first.
    var prefix: [UInt8] = []
    /// Stands behind the last character.
    var suffix: [UInt8] = []
    /// Whether a piece that is a token is taken whole (`ignore_merges`).
    var looksUpWhole = false
    /// Whether that is done with runs of line ends only.
    var looksUpLineEnds = false
  }

  let vocabulary: Vocabulary
  let options: Options
  private let merges: PairTable
  /// The id of each byte's letter in the byte alphabet; nil when one of the 256 is missing.
  private let letters: [Int32]?
  private let ascii: [Int32]
  private let byteTokens: [Int32?]
  private let unknown: Int32?
  private let cuts: SafeCuts?
  private let path: String

  /// - Parameters:
  ///   - merges: pairs of tokens as the vocabulary spells them, the first having the lowest rank;
  ///     the last of equal pairs counts.
  ///   - path: the file, for errors.
  init(
    vocabulary: Vocabulary, merges: MergeList, options: Options, path: String
  ) throws(TextError) {
    self.vocabulary = vocabulary
    self.options = options
    self.path = path
    self.merges = try merges.table(vocabulary, prefix: options.prefix, path)
    let letters = ByteAlphabet.spellings.map { vocabulary.id($0) }
    self.letters = letters.contains(nil) ? nil : letters.compactMap { $0 }
    ascii = (0..<128).map { vocabulary.id([UInt8($0)]) ?? -1 }
    byteTokens = options.fallsBackToBytes ? vocabulary.byteTokens : []
    unknown = options.unknown.flatMap { vocabulary.id($0) }
    let isPlain = options.prefix.isEmpty && options.suffix.isEmpty && !options.looksUpWhole
    cuts =
      isPlain ? SafeCuts(merges, vocabulary, apart: byteTokens.compactMap { $0 } + [unknown]) : nil
  }

  /// Appends the ids of a piece of text.
  func encode(
    _ piece: UnsafeBufferPointer<UInt8>, _ work: inout Workspace, into ids: inout [Int32]
  ) throws(TextError) {
    let looksUp = options.looksUpWhole || (options.looksUpLineEnds && piece.first == 0x0A)
    if looksUp, let id = vocabulary.id(piece) {
      ids.append(id)
      return
    }
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
    var pending = false
    var at = 0
    while at < piece.count {
      let length = UTF8Scalar.length(piece[at])
      let end = at + length
      let id =
        options.prefix.isEmpty && options.suffix.isEmpty
        ? (length == 1 ? ascii[Int(piece[at])] : vocabulary.id(piece.part(at..<end)) ?? -1)
        : vocabulary.id(affixed(piece, at..<end)) ?? -1
      if id >= 0 {
        if pending, let unknown { ids.append(unknown) }
        pending = false
        ids.append(id)
      } else if !appendBytes(piece, at..<end, to: &ids), let name = options.unknown {
        guard let unknown else { throw BPE.missing(name, path) }
        if pending, !options.fusesUnknown { ids.append(unknown) }
        pending = true
      }
      at = end
    }
    if pending, let unknown { ids.append(unknown) }
    merger.merge(&ids, from: start, merges)
  }

  /// A character as the vocabulary spells it at this place of a piece.
  private func affixed(_ piece: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> [UInt8] {
    (range.lowerBound > 0 ? options.prefix : []) + piece[range]
      + (range.upperBound == piece.count ? options.suffix : [])
  }

  private func appendBytes(
    _ piece: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, to ids: inout [Int32]
  ) -> Bool {
    guard options.fallsBackToBytes else { return false }
    let start = ids.count
    for byte in affixed(piece, range) {
      guard let id = byteTokens[Int(byte)] else {
        ids.removeLast(ids.count - start)
        return false
      }
      ids.append(id)
    }
    return true
  }

  /// Appends the ids of a piece whose bytes stand for letters of the byte alphabet.
  func encodeBytes(
    _ piece: UnsafeBufferPointer<UInt8>, _ work: inout Workspace, into ids: inout [Int32]
  ) throws(TextError) {
    let isPlain = options.prefix.isEmpty && options.suffix.isEmpty
    guard let letters, isPlain, !options.looksUpWhole else {
      let spelled = ByteAlphabet.spell(piece)
      if options.looksUpWhole, let id = vocabulary.id(spelled) {
        ids.append(id)
      } else if let letters, isPlain {
        append(piece, letters, &work.merger, to: &ids)
      } else {
        try spelled.withUnsafeBufferPointer { piece throws(TextError) in
          try encodeWhole(piece, &work.merger, into: &ids)
        }
      }
      return
    }
    append(piece, letters, &work.merger, to: &ids)
  }

  private func append(
    _ piece: UnsafeBufferPointer<UInt8>, _ letters: [Int32], _ merger: inout Merger,
    to ids: inout [Int32]
  ) {
    let start = ids.count
    for byte in piece { ids.append(letters[Int(byte)]) }
    merger.merge(&ids, from: start, merges)
  }

  static func missing(_ name: String, _ path: String) -> TextError {
    .tokenizer(
      path: path,
      what: "a text needs the unknown token '\(name)', which is not in the model's vocabulary")
  }
}
