// SPDX-License-Identifier: GPL-3.0-or-later
import Dispatch
import Synchronization

/// Text to token ids, as the checkpoint's own tokenizer makes them.
///
/// added tokens → normalise → added tokens of the normalised text → cut into pieces → model →
/// template.
package struct Tokenizer: Sendable {
  /// What it is and where it came from, for lists.
  package let summary: String
  /// What the file says and is not done: truncation, padding.
  package let notes: [String]
  /// One more than the largest id.
  package let vocabularySize: Int
  /// The tokens that are not text: those that it puts around texts, and those that its files call
  /// special.
  package let specialIDs: Set<Int32>
  private let raw: AddedTokens
  private let normalized: AddedTokens
  private let parts: TokenizerParts
  /// The contents of added tokens.
  private let contents: [Int32: [UInt8]]

  /// - Parameters:
  ///   - source: where it came from, for lists.
  ///   - path: the file, for errors.
  init(
    _ parts: TokenizerParts, source: String, notes: [String] = [], path: String
  ) throws(TextError) {
    var contents: [Int32: [UInt8]] = [:]
    var normalizedTokens: [AddedToken] = []
    for var token in parts.added {
      contents[token.id] = token.content
      guard token.isNormalized else { continue }
      // What is looked for in normalised text is normalised itself.
      if let normalizer = parts.normalizer { token.content = try normalizer(token.content) }
      normalizedTokens.append(token)
    }
    raw = try AddedTokens(parts.added.filter { !$0.isNormalized }, path: path)
    normalized = try AddedTokens(normalizedTokens + parts.frozen, path: path)
    self.parts = parts
    specialIDs = Set(parts.added.filter(\.isSpecial).map(\.id))
      .union(parts.template.before).union(parts.template.after)
    self.contents = contents
    self.notes = notes
    vocabularySize = max(
      Int(parts.model.vocabulary.end), Int(parts.added.map(\.id).max() ?? -1) + 1)
    let size = Set(contents.keys).reduce(parts.model.vocabulary.count) {
      parts.model.vocabulary[$1] == nil ? $0 + 1 : $0
    }
    summary = "\(parts.model.name) of \(size) tokens from \(source)"
  }

  /// The ids of a text, with the special tokens that the tokenizer puts around it if wanted.
  package func encode(
    _ text: String, addSpecialTokens: Bool = true
  ) throws(TextError) -> [Int32] {
    var work = Workspace()
    return try encode(text, addSpecialTokens, &work)
  }

  private func encode(
    _ text: String, _ addSpecialTokens: Bool, _ work: inout Workspace
  ) throws(TextError) -> [Int32] {
    var ids = addSpecialTokens ? parts.template.before : []
    let bytes = Array(text.utf8)
    try bytes.withUnsafeBufferPointer { bytes throws(TextError) in
      for part in raw.split(bytes) {
        switch part {
        case .token(let id): ids.append(id)
        case .text(let range):
          let section = Section(bytes: Array(bytes[range]), isAtStart: range.lowerBound == 0)
          try encode(section, &work, into: &ids)
        }
      }
    }
    return addSpecialTokens ? ids + parts.template.after : ids
  }

  private func encode(
    _ section: Section, _ work: inout Workspace, into ids: inout [Int32]
  ) throws(TextError) {
    var section = section
    try parts.normalizer?.apply(&section, &work.patterns)
    try section.bytes.withUnsafeBufferPointer { bytes throws(TextError) in
      for part in normalized.split(bytes) {
        switch part {
        case .token(let id): ids.append(id)
        case .text(let range):
          let isWhole = range.count == bytes.count
          var pieces = Pieces(
            Section(
              bytes: isWhole ? section.bytes : Array(bytes[range]),
              isAtStart: section.isAtStart && range.lowerBound == 0))
          try parts.preTokenizer?.apply(&pieces, &work.patterns)
          try pieces.bytes.withUnsafeBufferPointer { bytes throws(TextError) in
            for range in pieces.ranges {
              try parts.model.encode(bytes.part(range), &work, into: &ids)
            }
          }
        }
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
      var work = Workspace()
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < texts.count else { return }
        let result: Result<[Int32], TextError>
        do throws(TextError) {
          result = .success(try encode(texts[index], addSpecialTokens, &work))
        } catch { result = .failure(error) }
        results.withLock { $0[index] = result }
      }
    }
    var ids: [[Int32]] = []
    for result in results.withLock({ $0 }) { ids.append(try result.get()) }
    return ids
  }

  /// A readable text of ids: letters of the byte alphabet and byte tokens become bytes, `▁` a space,
  /// `##` joins, a WordPiece word that is not the first has a space in front. Added tokens stand as
  /// they are; bytes that are no UTF-8 by themselves become U+FFFD.
  package func decode(_ ids: [Int32]) -> String {
    var bytes: [UInt8] = []
    for id in ids {
      if let content = contents[id] {
        bytes += content
      } else if let token = parts.model.vocabulary[id] {
        parts.spelling.append(token, to: &bytes)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
