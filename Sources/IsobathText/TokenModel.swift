// SPDX-License-Identifier: GPL-3.0-or-later

/// What makes ids of the pieces that a text has been cut into.
enum TokenModel: Sendable {
  case bpe(BPE)
  /// The same, its pieces being bytes that stand for letters of the byte alphabet.
  case byteLevel(BPE)
  case unigram(Unigram)
  case wordPiece(WordPiece)
  case wordLevel(WordLevel)
  case scored(ScoredBPE)

  var vocabulary: Vocabulary {
    switch self {
    case .bpe(let model), .byteLevel(let model): model.vocabulary
    case .unigram(let model): model.vocabulary
    case .wordPiece(let model): model.vocabulary
    case .wordLevel(let model): model.vocabulary
    case .scored(let model): model.vocabulary
    }
  }

  /// What it is, for lists.
  var name: String {
    switch self {
    case .byteLevel: "byte-level BPE"
    case .bpe(let model): model.options.fallsBackToBytes ? "BPE with byte fallback" : "BPE"
    case .unigram: "Unigram"
    case .wordPiece: "WordPiece"
    case .wordLevel: "WordLevel"
    case .scored: "SentencePiece BPE"
    }
  }

  /// Appends the ids of one piece, which is not empty.
  func encode(
    _ piece: UnsafeBufferPointer<UInt8>, _ work: inout Workspace, into ids: inout [Int32]
  ) throws(TextError) {
    if work.cache.append(piece, to: &ids) { return }
    let start = ids.count
    switch self {
    case .bpe(let model): try model.encode(piece, &work, into: &ids)
    case .byteLevel(let model): try model.encodeBytes(piece, &work, into: &ids)
    case .unigram(let model): try model.encode(piece, &work, into: &ids)
    case .wordPiece(let model): try model.encode(piece, into: &ids)
    case .wordLevel(let model): try model.encode(piece, into: &ids)
    case .scored(let model): try model.encode(piece, &work, into: &ids)
    }
    work.cache.keep(piece, ids[start...])
  }
}
