// SPDX-License-Identifier: GPL-3.0-or-later

/// A unigram language model: the segmentation of a piece with the largest sum of token scores.
/// https://arxiv.org/abs/1804.10959
struct Unigram: Sendable {
  let vocabulary: Vocabulary
  private let scores: [Double]
  private let unknown: Int32?
  private let byteTokens: [Int32?]
  private let trie: ByteTrie
  private let unknownScore: Double
  private let path: String
  private let isNative: Bool
  /// How far an unknown character's score lies below the lowest token's.
  private static let unknownPenalty = 10.0
  /// The cost of a text grows with the longest token; real ones have some hundred bytes at most.
  static let longestToken = 4096

  /// What SentencePiece itself does otherwise than the library that `tokenizer.json` is made for: sums
  /// are of float32, and unknown characters are not looked up again.
  struct Native {
    /// The lowest score of a normal piece.
    let lowest: Float
    /// The pieces by which bytes are known; empty without byte fallback.
    let bytes: [ArraySlice<UInt8>]
  }

  /// - Parameters:
  ///   - tokens: each token's bytes and score; its place is its id, and the last of equal ones counts.
  ///   - unknown: the token for characters that are no token.
  ///   - fallsBackToBytes: whether those become `<0x00>` … `<0xFF>` where all of them are tokens.
  ///   - lowest: the score that an unknown character's lies below; the lowest of all by default.
  ///   - native: set for SentencePiece's own files.
  ///   - path: the file, for errors.
  init(
    tokens: [(bytes: ArraySlice<UInt8>, score: Double)], unknown: Int32?, fallsBackToBytes: Bool,
    lowest: Double? = nil, native: Native? = nil, path: String
  ) throws(TextError) {
    if let unknown, unknown < 0 || Int(unknown) >= tokens.count {
      throw .tokenizer(
        path: path, what: "unk_id \(unknown) is not among the \(tokens.count) tokens")
    }
    var vocabulary = Vocabulary(capacity: tokens.count)
    for (id, token) in tokens.enumerated() {
      guard token.bytes.count <= Unigram.longestToken else {
        throw .tokenizer(
          path: path,
          what: "token \(id) has \(token.bytes.count) bytes; at most "
            + "\(Unigram.longestToken) are run")
      }
      vocabulary.insert(token.bytes, id: Int32(id))
    }
    self.vocabulary = vocabulary
    trie = ByteTrie(tokens.map(\.bytes))
    self.unknown = unknown
    self.path = path
    scores = tokens.map(\.score)
    isNative = native != nil
    if let native {
      unknownScore = Double(native.lowest - Float(Unigram.unknownPenalty))
      byteTokens = native.bytes.isEmpty ? [] : Vocabulary(native.bytes).byteTokens
    } else {
      unknownScore = (lowest ?? scores.min() ?? 0) - Unigram.unknownPenalty
      byteTokens = fallsBackToBytes ? vocabulary.byteTokens : []
    }
  }

  func encode(
    _ piece: UnsafeBufferPointer<UInt8>, _ work: inout Workspace, into ids: inout [Int32]
  ) throws(TextError) {
    work.paths.isSingle = isNative
    try findPath(piece, &work.paths)
    // From the end to the start; neighbouring unknown characters are one.
    var segments: [(range: Range<Int>, id: Int32)] = []
    var end = piece.count
    while end > 0 {
      let (start, id) = work.paths.step(to: end)
      if id == unknown, let last = segments.last, last.id == id {
        segments[segments.count - 1].range = start..<last.range.upperBound
      } else {
        segments.append((start..<end, id))
      }
      end = start
    }
    for (range, id) in segments.reversed() {
      if id != unknown {
        ids.append(id)
      } else {
        appendUnknown(piece.part(range), id, to: &ids)
      }
    }
  }

  /// Viterbi's search: the best path to every place, from left to right.
  private func findPath(
    _ piece: UnsafeBufferPointer<UInt8>, _ paths: inout UnigramPaths
  ) throws(TextError) {
    paths.reset(to: piece.count)
    var start = 0
    while start < piece.count {
      let before = paths.score(start)
      let length = UTF8Scalar.length(piece[start])
      var hasSingle = false
      var node = ByteTrie.root
      var at = start
      while at < piece.count, let next = trie.child(node, piece[at]) {
        node = next
        at += 1
        let id = trie.value(node)
        if id < 0 { continue }
        paths.offer(before + scores[Int(id)], from: start, to: at, id)
        if at - start == length { hasSingle = true }
      }
      if !hasSingle {
        guard let unknown else { throw missingUnknown }
        paths.offer(before + unknownScore, from: start, to: start + length, unknown)
      }
      start += length
    }
  }

  private var missingUnknown: TextError {
    .tokenizer(path: path, what: "a text needs an unknown token, and the model has no unk_id")
  }

  private func appendUnknown(
    _ bytes: UnsafeBufferPointer<UInt8>, _ unknown: Int32, to ids: inout [Int32]
  ) {
    // Unknown characters may stand for a token together.
    if !isNative, let id = vocabulary.id(bytes) {
      ids.append(id)
      return
    }
    if !byteTokens.isEmpty {
      let found = bytes.compactMap { byteTokens[Int($0)] }
      if found.count == bytes.count {
        ids += found
        return
      }
    }
    ids.append(unknown)
  }
}

/// The best paths to the places of one piece.
struct UnigramPaths {
  private struct Node {
    var score = 0.0
    var start: Int32 = -1
    var id: Int32 = -1
  }
  private var nodes: [Node] = []
  /// Whether sums are rounded to float32.
  var isSingle = false

  mutating func reset(to count: Int) {
    nodes.removeAll(keepingCapacity: true)
    nodes.append(contentsOf: repeatElement(Node(), count: count + 1))
  }

  @inline(__always) func score(_ place: Int) -> Double { nodes[place].score }

  /// Takes a step if it is the first to its end or better than all before.
  @inline(__always) mutating func offer(_ score: Double, from start: Int, to end: Int, _ id: Int32)
  {
    let score = isSingle ? Double(Float(score)) : score
    if nodes[end].start < 0 || score > nodes[end].score {
      nodes[end] = Node(score: score, start: Int32(start), id: id)
    }
  }

  func step(to end: Int) -> (start: Int, id: Int32) { (Int(nodes[end].start), nodes[end].id) }
}
