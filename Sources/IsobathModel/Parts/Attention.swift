// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathLinear

/// Causal self-attention: `out(softmax(scale · q kᵀ) v)` per document and head.
/// https://arxiv.org/abs/1706.03762
package struct Attention: Sendable {
  /// How a checkpoint stores the projections of queries, keys and values.
  package enum Inputs {
    /// Three tensors.
    case separate(Weights, Weights, Weights)
    /// One tensor: all queries, then all keys, then all values.
    case stacked(Weights)
  }

  private let project: Projection
  private let out: Projection
  private let heads: Heads
  private let rotary: Rotary?
  private let scale: Float

  /// - Parameters:
  ///   - inputs: where queries, keys and values come from.
  ///   - out: the projection back into the stream.
  ///   - heads: how the features are divided.
  ///   - width: features of the stream, d.
  ///   - bias: whether the projections have one.
  ///   - rotary: how positions turn queries and keys, if they do.
  ///   - scale: a factor beside the usual 1/√(head width).
  package init(
    _ inputs: Inputs, out: Weights, _ heads: Heads, width: Int, bias: Bool, rotary: Rotary? = nil,
    scale: Float = 1
  ) throws {
    switch inputs {
    case .separate(let query, let key, let value):
      let keys = heads.keys * heads.width
      project = try Projection(
        stacking: [(query, heads.all), (key, keys), (value, keys)], in: width, bias: bias)
    case .stacked(let w):
      project = try Projection(w, in: width, out: heads.stacked, bias: bias)
    }
    self.out = try Projection(out, in: heads.all, out: width, bias: bias)
    self.heads = heads
    self.rotary = rotary
    self.scale = scale / Float(heads.width).squareRoot()
  }

  package func callAsFunction(_ x: Matrix, _ spans: [Pass.Span]) -> Matrix {
    var qkv = project(x)
    if let rotary { turn(&qkv, rotary, spans) }
    return out(attend(qkv, spans))
  }

  /// Turns queries and keys by their positions, each document counted from 0.
  private func turn(_ qkv: inout Matrix, _ rotary: Rotary, _ spans: [Pass.Span]) {
    let longest = spans.map(\.rows.count).max() ?? 0
    let (cosines, sines) = rotary.tables(positions: longest)
    let turned = heads.queries + heads.keys
    qkv.withMutableView { all in
      cosines.withView { cosines in
        sines.withView { sines in
          Workers.run(spans.count * turned) { task in
            let rows = spans[task / turned].rows
            let head = all.rows(rows).columns(columns(task % turned))
            Elementwise.rotate(
              head, cosines: cosines.rows(0..<rows.count), sines: sines.rows(0..<rows.count),
              layout: .half)
          }
        }
      }
    }
  }

  private func columns(_ head: Int) -> Range<Int> {
    (head * heads.width)..<((head + 1) * heads.width)
  }

  /// Every (document, head, block of query rows) is a task; no document sees another's rows.
  private func attend(_ qkv: Matrix, _ spans: [Pass.Span]) -> Matrix {
    var mixed = Matrix(uninitialized: qkv.rows, heads.all)
    let tasks = AttentionTask.all(spans, heads: heads.queries)
    mixed.withMutableView { mixed in
      qkv.withView { qkv in
        Workers.run(tasks.count) { index in
          let task = tasks[index]
          let (mixed, qkv) = (mixed.rows(task.rows), qkv.rows(task.rows))
          let key = heads.queries + heads.key(of: task.head)
          causalAttention(
            query: qkv.columns(columns(task.head)), key: qkv.columns(columns(key)),
            value: qkv.columns(columns(key + heads.keys)), scale: scale, queries: task.queries,
            into: mixed.columns(columns(task.head)))
        }
      }
    }
    return mixed
  }
}

/// A block of query rows of one head of one document.
private struct AttentionTask {
  let rows: Range<Int>
  let head: Int
  let queries: Range<Int>

  /// Rows per block: its scores against 2048 keys fit a core's cache.
  static let height = 128

  /// The longest documents' last blocks come first, so that the workers end together.
  static func all(_ spans: [Pass.Span], heads: Int) -> [AttentionTask] {
    var tasks: [AttentionTask] = []
    for span in spans {
      for start in stride(from: 0, to: span.rows.count, by: height) {
        let queries = start..<min(start + height, span.rows.count)
        for head in 0..<heads {
          tasks.append(AttentionTask(rows: span.rows, head: head, queries: queries))
        }
      }
    }
    return tasks.sorted { $0.queries.upperBound > $1.queries.upperBound }
  }
}

/// `softmax(scale · q kᵀ) v` for some query rows of one head; a query sees the keys up to itself.
private func causalAttention(
  query: MatrixView, key: MatrixView, value: MatrixView, scale: Float, queries: Range<Int>,
  into mixed: MatrixView
) {
  let seen = 0..<queries.upperBound
  var scores = Matrix(uninitialized: queries.count, seen.count)
  scores.withMutableView { scores in
    Dense.gemm(
      query.rows(queries), transposeA: false, key.rows(seen), transposeB: true, alpha: scale,
      beta: 0, into: scores)
    Elementwise.softmaxRows(scores, causalOffset: queries.lowerBound)
    Dense.gemm(
      scores, transposeA: false, value.rows(seen), transposeB: false, alpha: 1, beta: 0,
      into: mixed.rows(queries))
  }
}
