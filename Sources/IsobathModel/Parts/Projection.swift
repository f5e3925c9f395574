// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathLinear

/// `x · wᵀ + b`: a linear layer; the weight is [out, in] whatever the checkpoint stores.
package struct Projection: RowMap {
  private let weight: Matrix
  private let bias: [Float]?

  private init(weight: Matrix, bias: [Float]?) {
    self.weight = weight
    self.bias = bias
  }

  package init(_ w: Weights, in columns: Int, out rows: Int, bias: Bool) throws {
    weight = try w.matrix("weight", rows, columns)
    self.bias = bias ? try w.vector("bias", rows) : nil
  }

  /// A convolution that goes from patch to patch, for rows that hold a patch each: channel by channel, and
  /// row by row.
  package init(
    _ w: Weights, patch: (channels: Int, side: Int), out rows: Int, bias: Bool
  ) throws {
    weight = try w.matrix(
      "weight", folding: [rows, patch.channels, patch.side, patch.side], rows: rows)
    self.bias = bias ? try w.vector("bias", rows) : nil
  }

  /// Several layers that read the same input, as one: their outputs stand side by side.
  package init(stacking parts: [(w: Weights, out: Int)], in columns: Int, bias: Bool) throws {
    weight = Matrix(stacking: try parts.map { try $0.w.matrix("weight", $0.out, columns) })
    self.bias = bias ? try parts.flatMap { try $0.w.vector("bias", $0.out) } : nil
  }

  /// Two layers of `rows` outputs each, stored one upon the other in one tensor.
  package static func halves(
    _ w: Weights, in columns: Int, out rows: Int
  ) throws -> (Projection, Projection) {
    let both = try w.matrix("weight", 2 * rows, columns)
    return (
      Projection(weight: both.slice(0..<rows), bias: nil),
      Projection(weight: both.slice(rows..<(2 * rows)), bias: nil)
    )
  }

  package func callAsFunction(_ x: Matrix) -> Matrix { linear(x, weight, bias: bias) }
}
