// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathModel
import Synchronization

/// How much attention goes to the first token: the sink metric of Gu et al. (arXiv 2410.10781).
///
/// A head's weight on the first token is `α = Σ wᵢ / T` over all T queries of a document, the first one
/// included, which sees nothing else; a query whose window has passed the first token counts as 0. The
/// head is a sink when α > ε. The paper takes T = 64 and ε = 0.3 and averages the rate over blocks and
/// documents; here it stands by document and block, over heads.
package final class AttentionSinkRate: Sendable {
  /// The first token's part in a block's attention.
  package struct Reading: Sendable, Equatable {
    /// The document.
    package let document: DocumentID
    /// The block.
    package let block: Int
    /// The mean of α over heads, 0 to 1.
    package let meanFirst: Double
    /// The share of heads whose α is above ε.
    package let rate: Double
  }

  private struct Place: Hashable {
    let document: DocumentID
    let block: Int
  }

  /// What queries of one head have given the first token so far.
  private struct Head {
    /// By their first query, so that the sum does not depend on who came first.
    private var parts: [Int: Double] = [:]
    private var seen = 0
    private(set) var mean: Double?

    mutating func add(_ part: Double, _ queries: Range<Int>, of tokens: Int) {
      parts[queries.lowerBound] = part
      seen += queries.count
      guard seen == tokens else { return }
      mean = parts.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value } / Double(tokens)
      parts = [:]
    }
  }

  private let threshold: Double
  private let blocks: Set<Int>
  private let heads = Mutex<[Place: [Head]]>([:])

  /// - Parameters:
  ///   - blocks: the blocks to look at.
  ///   - threshold: ε.
  package init(blocks: some Sequence<Int>, threshold: Double = 0.3) {
    self.blocks = Set(blocks)
    self.threshold = threshold
  }

  /// What fills it; a document is to be passed once.
  package var hook: Hook {
    .observeAttention(blocks) { [self] weights in
      var part = 0.0
      for query in weights.queries { part += Double(weights[query: query, key: 0]) }
      let place = Place(document: weights.document, block: weights.block)
      let (head, queries) = (weights.head, weights.queries)
      let (count, tokens) = (weights.heads, weights.tokens)
      heads.withLock { heads in
        heads[place, default: [Head](repeating: Head(), count: count)][head]
          .add(part, queries, of: tokens)
      }
    }
  }

  /// Of every document and block that has been seen whole: by document, then by block.
  package var readings: [Reading] {
    heads.withLock { $0 }.compactMap { place, heads in
      let means = heads.compactMap(\.mean)
      guard means.count == heads.count else { return nil }
      let sinks = means.count { $0 > threshold }
      return Reading(
        document: place.document, block: place.block,
        meanFirst: means.reduce(0, +) / Double(means.count),
        rate: Double(sinks) / Double(means.count))
    }.sorted { ($0.document.index, $0.block) < ($1.document.index, $1.block) }
  }

  /// As `readings`, and forgets them: what a caller takes after each batch.
  package func take() -> [Reading] {
    defer { heads.withLock { $0 = [:] } }
    return readings
  }
}
