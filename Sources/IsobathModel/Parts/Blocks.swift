// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// `m + mlp(norm2(m))` with `m = x + attention(norm1(x))`: the pre-norm block of most decoders.
package struct SequentialBlock: Block {
  let norm1: any RowMap
  let attention: Attention
  let norm2: any RowMap
  let mlp: any RowMap

  package func callAsFunction(_ x: Matrix, _ tap: BlockPass) throws -> Matrix {
    let middle = try tap(.residualMid, x + tap(.attentionOut, attention(norm1(x), tap.spans)))
    return try middle + tap(.mlpOut, mlp(norm2(middle)))
  }
}
