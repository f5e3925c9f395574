// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathLinear

/// Self-attention: `out(softmax(score(q, k)) v)` per document and head.
/// https://arxiv.org/abs/1706.03762
package struct Attention: Sendable {
  /// How a checkpoint stores the projections of queries, keys and values.
  package enum Inputs {
    /// Three tensors.
    case separate(Weights, Weights, Weights)
    /// One tensor: all queries, then all keys, then all values.
    case stacked(Weights)
  }

  /// Which of its projections have a bias.
  package struct Biases: OptionSet, Sendable {
    package let rawValue: Int
    package static let inputs = Biases(rawValue: 1)
    package static let output = Biases(rawValue: 2)
    package static let both: Biases = [.inputs, .output]

    package init(rawValue: Int) { self.rawValue = rawValue }
    package init(_ all: Bool) { self = all ? .both : [] }
  }

  private let project: Projection
  private let norms: QueryKeyNorms?
  private let out: Projection
  private let heads: Heads
  private let rotary: Rotary?
  private let scoring: Scoring

  /// - Parameters:
  ///   - inputs: where queries, keys and values come from.
  ///   - out: the projection back into the stream.
  ///   - heads: how the features are divided.
  ///   - width: features of the stream, d.
  ///   - bias: which projections have one.
  ///   - norms: what queries and keys go through first, if anything.
  ///   - rotary: how positions turn queries and keys, if they do.
  ///   - scoring: what a query sees, and how it weighs that.
  package init(
    _ inputs: Inputs, out: Weights, _ heads: Heads, width: Int, bias: Biases,
    norms: QueryKeyNorms? = nil, rotary: Rotary? = nil, scoring: Scoring = Scoring()
  ) throws {
    let biased = bias.contains(.inputs)
    switch inputs {
    case .separate(let query, let key, let value):
      let keys = heads.keys * heads.width
      project = try Projection(
        stacking: [(query, heads.all), (key, keys), (value, keys)], in: width, bias: biased)
    case .stacked(let w):
      project = try Projection(w, in: width, out: heads.stacked, bias: biased)
    }
    self.norms = norms
    self.out = try Projection(out, in: heads.all, out: width, bias: bias.contains(.output))
    self.heads = heads
    self.rotary = rotary
    self.scoring = scoring
  }

  package func callAsFunction(_ x: Matrix, _ pass: BlockPass) throws -> Matrix {
    var qkv = project(x)
    norms?(&qkv, heads)
    rotary?(&qkv, heads, pass.spans)
    return out(try mixed(qkv, pass))
  }

  /// Every (document, head, block of query rows) is a task; no document sees another's rows.
  private func mixed(_ qkv: Matrix, _ pass: BlockPass) throws -> Matrix {
    var mixed = Matrix(uninitialized: qkv.rows, heads.all)
    let tasks = AttentionTask.all(pass.spans, heads: heads.queries, scoring.sight)
    let (watches, block) = (pass.watches, pass.block)
    try mixed.withMutableView { mixed in
      try qkv.withView { qkv in
        try Workers.run(tasks.count, throwing: (any Error).self) { index in
          let task = tasks[index]
          let (mixed, qkv) = (mixed.rows(task.span.rows), qkv.rows(task.span.rows))
          let key = heads.queries + heads.key(of: task.head)
          try task.attend(
            query: qkv.columns(heads.columns(task.head)), key: qkv.columns(heads.columns(key)),
            value: qkv.columns(heads.columns(key + heads.keys)), scoring, heads,
            into: mixed.columns(heads.columns(task.head))
          ) { weights in
            for watch in watches {
              try watch(AttentionWeights(task, block: block, heads: heads.queries, weights))
            }
          }
        }
      }
    }
    return mixed
  }
}
