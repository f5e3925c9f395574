// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathLinear

/// `x / √(mean(x²) + ε) · weight`, row by row. https://arxiv.org/abs/1910.07467
package struct RMSNorm: RowMap {
  private let weight: [Float]
  private let epsilon: Float

  package init(_ w: Weights, _ width: Int, epsilon: Float) throws {
    weight = try w.vector("weight", width)
    self.epsilon = epsilon
  }

  package func callAsFunction(_ x: Matrix) -> Matrix {
    Elementwise.rmsNorm(x, weight: weight, epsilon: epsilon, offset: 0)
  }
}

/// `(x − mean(x)) / √(var(x) + ε) · weight + bias`, row by row. https://arxiv.org/abs/1607.06450
package struct LayerNorm: RowMap {
  private let weight: [Float]
  private let bias: [Float]
  private let epsilon: Float

  package init(_ w: Weights, _ width: Int, epsilon: Float) throws {
    weight = try w.vector("weight", width)
    bias = try w.vector("bias", width)
    self.epsilon = epsilon
  }

  package func callAsFunction(_ x: Matrix) -> Matrix {
    Elementwise.layerNorm(x, weight: weight, bias: bias, epsilon: epsilon)
  }
}
