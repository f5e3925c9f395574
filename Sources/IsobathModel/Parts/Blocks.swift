// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// `m + after2(mlp(norm2(m)))` with `m = x + after1(attention(norm1(x)))`: one half after the other.
///
/// Most decoders have the norms in front alone; Gemma 2 on both sides; OLMo 2 behind alone.
package struct SequentialBlock: Block {
  let norm1: any RowMap
  let attention: Attention
  var after1: any RowMap = Identity()
  let norm2: any RowMap
  let mlp: any RowMap
  var after2: any RowMap = Identity()

  package func callAsFunction(_ x: Matrix, _ tap: BlockPass) throws -> Matrix {
    let attended = try tap(.attentionOut, after1(attention(norm1(x), tap)))
    let middle = try tap(.residualMid, x + attended)
    return try middle + tap(.mlpOut, after2(mlp(norm2(middle))))
  }
}

/// `norm2(m + mlp(m))` with `m = norm1(x + attention(x))`: the stream itself is normed, as in the
/// first transformers.
package struct PostNormBlock: Block {
  let attention: Attention
  let norm1: any RowMap
  let mlp: any RowMap
  let norm2: any RowMap

  package func callAsFunction(_ x: Matrix, _ tap: BlockPass) throws -> Matrix {
    let middle = try tap(.residualMid, norm1(x + tap(.attentionOut, attention(x, tap))))
    return try norm2(middle + tap(.mlpOut, mlp(middle)))
  }
}

/// `x + attention(norm1(x)) + mlp(norm2(x))`: both halves read the same stream, so there is no middle.
package struct ParallelBlock: Block {
  private let norm1: any RowMap
  private let attention: Attention
  /// Nil where both halves read the same normed stream.
  private let norm2: (any RowMap)?
  private let mlp: any RowMap

  init(norm1: any RowMap, attention: Attention, norm2: any RowMap, mlp: any RowMap) {
    (self.norm1, self.attention, self.norm2, self.mlp) = (norm1, attention, norm2, mlp)
  }

  init(norm: any RowMap, attention: Attention, mlp: any RowMap) {
    (norm1, self.attention, norm2, self.mlp) = (norm, attention, nil, mlp)
  }

  package func callAsFunction(_ x: Matrix, _ tap: BlockPass) throws -> Matrix {
    let first = norm1(x)
    let second = norm2?(x) ?? first
    let attended = try tap(.attentionOut, attention(first, tap))
    return try x + attended + tap(.mlpOut, mlp(second))
  }
}
