// SPDX-License-Identifier: GPL-3.0-or-later
import Dispatch
import Synchronization

/// Text to token ids, as the checkpoint's own tokenizer makes them.
///
/// added tokens → normalise → added tokens of the normalised text → cut into pieces → BPE → template.
package struct Tokenizer: Sendable {
  /// What it is and where it came from, for lists.
  package let summary: String
  /// What the file says and is not done: truncation, padding.
  package let notes: [String]
  /// One more than the largest id.
  package let vocabularySize: Int
  private let raw: AddedTokens
  private let normalized: AddedTokens
  private let normalizer: Normalizer?
  private let preTokenizer: PreTokenizer?
  private let model: BPE
  private let template: Template
  /// The bytes of each token.
  private let tokens: [Int32: [UInt8]]

  /// Ids that are put around a text's own.
  struct Template: Sendable {
    var before: [Int32] = []
    var after: [Int32] = []
  }

  init(
    summary: String, notes: [String] = [], added: [AddedToken], normalizer: Normalizer?,
    preTokenizer: PreTokenizer?, model: BPE, template: Template, tokens: [Int32: [UInt8]]
  ) {
    self.summary = summary
    self.notes = notes
    raw = AddedTokens(added.filter { !$0.isNormalized })
    // What is looked for in normalised text is normalised itself.
    normalized = AddedTokens(
      added.filter(\.isNormalized).map { token in
        guard let normalizer else { return token }
        let content = Array(normalizer(String(decoding: token.content, as: UTF8.self)).utf8)
        return AddedToken(
          id: token.id, content: content, singleWord: token.singleWord,
          stripsLeft: token.stripsLeft, stripsRight: token.stripsRight, isNormalized: true)
      })
    self.normalizer = normalizer
    self.preTokenizer = preTokenizer
    self.model = model
    self.template = template
    self.tokens = tokens
    vocabularySize = Int(tokens.keys.max() ?? -1) + 1
  }

  /// The ids of a text, with the special tokens that the tokenizer puts around it if wanted.
  package func encode(
    _ text: String, addSpecialTokens: Bool = true
  ) throws(TextError) -> [Int32] {
    var ids = addSpecialTokens ? template.before : []
    var cache = PieceCache()
    for part in raw.split(Array(text.utf8)[...]) {
      switch part {
      case .token(let id): ids.append(id)
      case .text(let bytes): try encode(bytes, &ids, &cache)
      }
    }
    return addSpecialTokens ? ids + template.after : ids
  }

  private func encode(
    _ bytes: ArraySlice<UInt8>, _ ids: inout [Int32], _ cache: inout PieceCache
  ) throws(TextError) {
    let text =
      normalizer.map { Array($0(String(decoding: bytes, as: UTF8.self)).utf8)[...] } ?? bytes
    for part in normalized.split(text) {
      switch part {
      case .token(let id): ids.append(id)
      case .text(let bytes):
        let pieces = try preTokenizer?.pieces(Array(bytes)) ?? [bytes]
        for piece in pieces { cache.encode(piece, model, &ids) }
      }
    }
  }

  /// The ids of many texts, on all cores, in order.
  package func encode(
    _ texts: [String], addSpecialTokens: Bool = true, threads: Int
  ) throws(TextError) -> [[Int32]] {
    let results = Mutex([Result<[Int32], TextError>](repeating: .success([]), count: texts.count))
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, texts.count))) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < texts.count else { return }
        let result: Result<[Int32], TextError>
        do throws(TextError) {
          result = .success(try encode(texts[index], addSpecialTokens: addSpecialTokens))
        } catch { result = .failure(error) }
        results.withLock { $0[index] = result }
      }
    }
    var ids: [[Int32]] = []
    for result in results.withLock({ $0 }) { ids.append(try result.get()) }
    return ids
  }

  /// The text of ids; bytes that are no UTF-8 by themselves become U+FFFD.
  package func decode(_ ids: [Int32]) -> String {
    String(decoding: ids.flatMap { tokens[$0] ?? [] }, as: UTF8.self)
  }
}

/// The ids of short pieces that one text repeats.
private struct PieceCache {
  /// Up to 15 bytes and their number, in two words.
  private struct Key: Hashable {
    var low: UInt64 = 0
    var high: UInt64 = 0
  }
  private var found: [Key: (start: Int32, count: Int32)] = [:]
  private var pool: [Int32] = []

  mutating func encode(_ piece: ArraySlice<UInt8>, _ model: BPE, _ ids: inout [Int32]) {
    guard piece.count <= 15 else {
      model.encode(piece, into: &ids)
      return
    }
    var key = Key(low: 0, high: UInt64(piece.count) << 56)
    for (offset, byte) in piece.enumerated() {
      if offset < 8 {
        key.low |= UInt64(byte) << (8 * UInt64(offset))
      } else {
        key.high |= UInt64(byte) << (8 * UInt64(offset - 8))
      }
    }
    if let known = found[key] {
      ids += pool[Int(known.start)..<Int(known.start + known.count)]
      return
    }
    let start = ids.count
    model.encode(piece, into: &ids)
    found[key] = (Int32(pool.count), Int32(ids.count - start))
    pool += ids[start...]
  }
}
