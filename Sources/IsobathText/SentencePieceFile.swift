// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads SentencePiece's `tokenizer.model`. https://github.com/google/sentencepiece
struct SentencePieceFile {
  /// A token, its score as the file has it: float32.
  struct Piece {
    var bytes: ArraySlice<UInt8> = []
    var score: Float = 0
    var kind = GGUFVocabulary.Kind.normal
  }

  private(set) var pieces: [Piece] = []
  /// `unigram` is 1, `bpe` is 2.
  private var algorithm = 1
  private var fallsBackToBytes = false
  private var spaces = SentencePieceSpaces()
  private(set) var beginning = 1
  private(set) var end = 2
  private let path: String

  init(_ path: String) throws(TextError) {
    self.path = path
    let bytes = try TextFile.bytes(path)
    var reader = ProtobufReader(bytes[...], path: path)
    while let (field, value) = try reader.next() {
      guard case .bytes(let inner) = value else { continue }
      switch field {
      case 1: pieces.append(try piece(inner))
      case 2: try readTrainer(inner)
      case 3: try readNormalizer(inner)
      default: break
      }
    }
    try check()
  }

  private func piece(_ bytes: ArraySlice<UInt8>) throws(TextError) -> Piece {
    var piece = Piece()
    var reader = ProtobufReader(bytes, path: path)
    while let (field, value) = try reader.next() {
      switch (field, value) {
      case (1, .bytes(let text)): piece.bytes = text
      case (2, .fixed32(let bits)): piece.score = Float(bitPattern: bits)
      case (3, .varint(let number)):
        guard let kind = GGUFVocabulary.Kind(rawValue: Int(truncatingIfNeeded: number)) else {
          throw .tokenizer(path: path, what: "piece \(pieces.count) is of unknown type \(number)")
        }
        piece.kind = kind
      default: break
      }
    }
    return piece
  }

  private mutating func readTrainer(_ bytes: ArraySlice<UInt8>) throws(TextError) {
    var reader = ProtobufReader(bytes, path: path)
    while let (field, value) = try reader.next() {
      guard case .varint(let number) = value else { continue }
      switch field {
      case 3: algorithm = Int(truncatingIfNeeded: number)
      case 24: spaces.isSuffix = number != 0
      case 35: fallsBackToBytes = number != 0
      case 41: beginning = Int(truncatingIfNeeded: number)
      case 42: end = Int(truncatingIfNeeded: number)
      default: break
      }
    }
  }

  private mutating func readNormalizer(_ bytes: ArraySlice<UInt8>) throws(TextError) {
    var reader = ProtobufReader(bytes, path: path)
    while let (field, value) = try reader.next() {
      switch (field, value) {
      case (2, .bytes(let blob)):
        if !blob.isEmpty { spaces.charsmap = try Charsmap(Array(blob), path: path) }
      case (3, .varint(let number)): spaces.addsPrefix = number != 0
      case (4, .varint(let number)): spaces.joinsSpaces = number != 0
      case (5, .varint(let number)): spaces.escapes = number != 0
      default: break
      }
    }
  }

  private func check() throws(TextError) {
    guard !pieces.isEmpty, pieces.count < TokenizerFile.idLimit else {
      throw .tokenizer(path: path, what: "\(pieces.count) pieces are no vocabulary")
    }
    var seen = Set<ArraySlice<UInt8>>()
    for (id, piece) in pieces.enumerated() {
      guard !piece.bytes.isEmpty, String(validating: piece.bytes, as: UTF8.self) != nil,
        piece.score.isFinite, seen.insert(piece.bytes).inserted
      else {
        throw .tokenizer(
          path: path, what: "piece \(id) is empty, there twice, not UTF-8 or without a score")
      }
    }
    guard pieces.filter({ $0.kind == .unknown }).count == 1 else {
      throw .tokenizer(path: path, what: "it must have one unknown piece")
    }
  }

  /// The model, its normalizer, and the pieces that users defined, which BPE leaves as they are.
  func parts() throws(TextError) -> TokenizerParts {
    let defined = pieces.indices.filter { pieces[$0].kind == .userDefined }
    var spaces = spaces
    if !defined.isEmpty {
      spaces.kept = ByteTrie(defined.map { pieces[$0].bytes })
    }
    var parts = TokenizerParts(
      normalizer: .sentencePiece(spaces), model: try model(),
      spelling: .marked(space: SafeCuts.space))
    if algorithm == 2 {
      parts.frozen = defined.map { AddedToken(id: Int32($0), content: Array(pieces[$0].bytes)) }
    }
    return parts
  }

  private func model() throws(TextError) -> TokenModel {
    let unknown = pieces.firstIndex { $0.kind == .unknown }.map { Int32($0) }
    switch algorithm {
    case 1: return .unigram(try unigram(unknown))
    case 2:
      guard !pieces.contains(where: { $0.kind == .unused }) else {
        throw .unsupported(
          component: "SentencePiece BPE with unused pieces", supported: "BPE without them",
          path: path)
      }
      let tokens = pieces.map {
        ScoredBPE.Piece(
          bytes: $0.bytes, score: Double($0.score), isMergeable: $0.kind == .normal)
      }
      return .scored(
        try ScoredBPE(tokens, unknown: unknown, fallsBackToBytes: fallsBackToBytes, path: path))
    default:
      throw .unsupported(
        component: "the SentencePiece algorithm \(algorithm)", supported: "unigram (1), bpe (2)",
        path: path)
    }
  }

  private func unigram(_ unknown: Int32?) throws(TextError) -> Unigram {
    let normal = pieces.filter { $0.kind == .normal }.map(\.score)
    let highest = max(normal.max() ?? 0, .leastNormalMagnitude)
    let tokens = pieces.map { piece -> (bytes: ArraySlice<UInt8>, score: Double) in
      switch piece.kind {
      case .normal: return (piece.bytes, Double(piece.score))
      // A bonus that makes a segmentation with them win.
      case .userDefined:
        return (piece.bytes, Double(Float(piece.bytes.count) * highest) - 0.1)
      case .unknown, .control, .unused, .byte: return ([], 0)
      }
    }
    return try Unigram(
      tokens: tokens, unknown: unknown, fallsBackToBytes: false,
      native: Unigram.Native(
        lowest: normal.min() ?? 0,
        bytes: fallsBackToBytes ? pieces.map(\.bytes) : []), path: path)
  }
}
