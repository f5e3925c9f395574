// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// A block of query rows of one head of one document.
struct AttentionTask: Sendable {
  /// The document and its rows.
  let span: Pass.Span
  let head: Int
  /// Query rows of the document.
  let queries: Range<Int>
  /// The keys that any of them sees.
  let keys: Range<Int>

  /// Rows per block: its scores against 2048 keys fit a core's cache.
  private static let height = 128

  /// The blocks with most keys come first, so that the workers end together.
  static func all(_ spans: [Pass.Span], heads: Int, _ sight: Sight) -> [AttentionTask] {
    var tasks: [AttentionTask] = []
    for span in spans {
      let count = span.rows.count
      for start in stride(from: 0, to: count, by: height) {
        let queries = start..<min(start + height, count)
        let keys = sight.keys(of: queries, among: count)
        for head in 0..<heads {
          tasks.append(AttentionTask(span: span, head: head, queries: queries, keys: keys))
        }
      }
    }
    return tasks.sorted { $0.keys.count > $1.keys.count }
  }

  /// `softmax(score(q, k)) v` for the task's query rows; `softmax(score(q, k))` is shown to `watch`.
  func attend(
    query: MatrixView, key: MatrixView, value: MatrixView, _ scoring: Scoring, _ heads: Heads,
    into mixed: MatrixView, watch: (MatrixView) throws -> Void
  ) throws {
    var scores = Matrix(uninitialized: queries.count, keys.count)
    try scores.withMutableView { scores in
      let slope = scoring.slopes.isEmpty ? nil : Optional(scoring.slopes[head])
      if let slope { Elementwise.fillRamp(scores, slope: slope, from: keys.lowerBound) }
      Dense.gemm(
        query.rows(queries), transposeA: false, key.rows(keys), transposeB: true,
        alpha: scoring.scale ?? 1 / Float(heads.width).squareRoot(), beta: slope == nil ? 0 : 1,
        into: scores)
      if let cap = scoring.cap { Elementwise.softcap(scores, cap) }
      for row in 0..<scores.rows {
        let seen = scoring.sight.keys(of: queries.lowerBound + row, among: span.rows.count)
        Elementwise.softmax(
          scores, row: row,
          (seen.lowerBound - keys.lowerBound)..<(seen.upperBound - keys.lowerBound)
        )
      }
      try watch(scores)
      Dense.gemm(
        scores, transposeA: false, value.rows(keys), transposeB: false, alpha: 1, beta: 0,
        into: mixed.rows(queries))
    }
  }
}
