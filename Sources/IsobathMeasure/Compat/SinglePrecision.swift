// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathLinear

/// The float32 arithmetic that the published codes share, with what their framework does to it.
enum SinglePrecision {
  /// Each row less the mean row, divided by its length: NaN where the length is zero.
  static func directions(_ states: MatrixView) -> Matrix {
    let sums = columnSums(states)
    let count = Float(states.rows)
    var z = Matrix(uninitialized: states.rows, states.columns)
    z.withMutableView { z in
      for row in 0..<z.rows {
        for column in 0..<z.columns {
          z[row, column] = states[row, column] - sums[column] / count
        }
        divide(z, row, by: length(z, row))
      }
    }
    return z
  }

  /// Each row divided by its length, or by 10⁻¹² where it is shorter.
  static func normalised(_ x: Matrix) -> Matrix {
    var z = x
    z.withMutableView { z in
      for row in 0..<z.rows {
        let length = length(z, row)
        divide(z, row, by: length < 1e-12 ? 1e-12 : length)
      }
    }
    return z
  }

  /// `Z Zᵀ` or `Zᵀ Z`, by sgemm.
  static func gram(_ z: Matrix, side: GramSide) -> Matrix {
    let order = side == .rows ? z.rows : z.columns
    var product = Matrix(zeros: order, order)
    product.withMutableView { product in
      z.withView { z in
        Dense.gemm(
          z, transposeA: side == .columns, z, transposeB: side == .rows, into: product)
      }
    }
    return product
  }

  /// −Σ p ln p, terms that are NaN left out.
  static func entropy(_ p: [Float]) -> Float {
    let terms = p.map { $0 * log($0) }.map { $0.isNaN ? 0 : $0 }
    return -sum(terms)
  }

  static func sum(_ terms: [Float]) -> Float {
    Matrix(terms.count, 1, terms).withView { columnSums($0)[0] }
  }

  private static func length(_ x: MatrixView, _ row: Int) -> Float {
    var square: Float = 0
    for column in 0..<x.columns { square += x[row, column] * x[row, column] }
    return square.squareRoot()
  }

  private static func divide(_ x: MatrixView, _ row: Int, by length: Float) {
    for column in 0..<x.columns { x[row, column] /= length }
  }
}

extension SinglePrecision {
  /// Σ over the rows of each column, in the order of torch 2.13 on one AVX thread, to the bit.
  ///
  /// Whether a document of equal tokens centres to exact zeros, or to noise that is then scaled to unit
  /// length, depends on the last bit of this sum. Whole blocks of 32 columns are summed row after row;
  /// the columns that remain in four interleaved parts.
  static func columnSums(_ x: MatrixView) -> [Float] {
    let blocks = x.columns / 32 * 32
    var sums = cascade(x.columns(0..<blocks), first: 0, step: 1, count: x.rows)
    let rest = x.columns(blocks..<x.columns)
    let count = x.rows / 4
    var parts = (0..<4).map { cascade(rest, first: $0, step: 4, count: count) }
    for row in (4 * count)..<x.rows {
      for column in 0..<rest.columns { parts[0][column] += rest[row, column] }
    }
    sums += (0..<rest.columns).map {
      parts[0][$0] + parts[1][$0] + parts[2][$0] + parts[3][$0]
    }
    return sums
  }

  /// Every `step`-th row summed in four levels: 16 rows make one term of the next level, and so on.
  private static func cascade(
    _ x: MatrixView, first: Int, step: Int, count: Int
  ) -> [Float] {
    let width = x.columns
    let zeros = [Float](repeating: 0, count: width)
    var levels = [[Float]](repeating: zeros, count: 4)
    let power = max(4, (Int.bitWidth - max(count - 1, 0).leadingZeroBitCount) / 4)
    let mask = 1 << power - 1
    for index in 1..<(count + 1) {
      let row = first + (index - 1) * step
      for column in 0..<width { levels[0][column] += x[row, column] }
      guard index & mask == 0 else { continue }
      for level in 1..<4 {
        for column in 0..<width { levels[level][column] += levels[level - 1][column] }
        levels[level - 1] = zeros
        if index & (mask << (level * power)) != 0 { break }
      }
    }
    return zeros.indices.map {
      levels[0][$0] + levels[1][$0] + levels[2][$0] + levels[3][$0]
    }
  }
}
