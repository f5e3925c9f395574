// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// What some queries of one head of one document give each key: attention after softmax.
///
/// Borrowed from the running pass: it cannot be copied out, so fold it into something small at once.
public struct AttentionWeights: ~Copyable {
  /// The block that attends.
  public let block: Int
  /// The document.
  public let document: DocumentID
  /// The query head.
  public let head: Int
  /// How many query heads there are.
  public let heads: Int
  /// How many tokens the document has.
  public let tokens: Int
  /// The tokens that ask: a part of the document, as other parts have calls of their own.
  public let queries: Range<Int>
  /// The tokens that any of them sees.
  public let keys: Range<Int>
  private let view: MatrixView

  init(_ task: AttentionTask, block: Int, heads: Int, _ view: MatrixView) {
    (self.block, self.heads, self.view) = (block, heads, view)
    (document, tokens) = (task.span.document, task.span.rows.count)
    (head, queries, keys) = (task.head, task.queries, task.keys)
  }

  /// The weight of a key, 0 to 1; 0 where the query does not see it. Those of one query add up to 1.
  public subscript(query query: Int, key key: Int) -> Float {
    precondition(
      queries.contains(query) && key >= 0 && key < tokens,
      "AttentionWeights: query \(query), key \(key) outside \(queries), \(tokens) tokens")
    guard keys.contains(key) else { return 0 }
    return view[query - queries.lowerBound, key - keys.lowerBound]
  }
}
