// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathLinear

/// A norm: maps each row of states by itself, and can do so in place.
package protocol Norm: RowMap {
  func apply(to x: MatrixView)
}

/// `x / √(mean(x²) + ε) · (offset + weight)`, row by row. https://arxiv.org/abs/1910.07467
package struct RMSNorm: Norm {
  private let weight: [Float]
  private let epsilon: Float
  private let offset: Float

  package init(_ w: Weights, _ width: Int, epsilon: Float, offset: Float = 0) throws {
    weight = try w.vector("weight", width)
    self.epsilon = epsilon
    self.offset = w.offset(offset)
  }

  package func callAsFunction(_ x: Matrix) -> Matrix {
    Elementwise.rmsNorm(x, weight: weight, epsilon: epsilon, offset: offset)
  }

  package func apply(to x: MatrixView) {
    Elementwise.rmsNorm(inPlace: x, weight: weight, epsilon: epsilon, offset: offset)
  }
}

/// `(x − mean(x)) / √(var(x) + ε) · weight + bias`, row by row. https://arxiv.org/abs/1607.06450
package struct LayerNorm: Norm {
  private let weight: [Float]
  private let bias: [Float]
  private let epsilon: Float

  /// The first writers of BERT called weight and bias gamma and beta.
  package init(_ w: Weights, _ width: Int, epsilon: Float) throws {
    weight = try w.vector(w.present("weight", "gamma"), width)
    bias = try w.vector(w.present("bias", "beta"), width)
    self.epsilon = epsilon
  }

  package func callAsFunction(_ x: Matrix) -> Matrix {
    Elementwise.layerNorm(x, weight: weight, bias: bias, epsilon: epsilon)
  }

  package func apply(to x: MatrixView) {
    Elementwise.layerNorm(inPlace: x, weight: weight, bias: bias, epsilon: epsilon)
  }
}

/// `x`: where others have a norm.
package struct Identity: RowMap {
  package init() {}
  package func callAsFunction(_ x: Matrix) -> Matrix { x }
}

/// `second(first(x))`.
package struct Chain: RowMap {
  private let first: any RowMap
  private let second: any RowMap

  package init(_ first: any RowMap, _ second: any RowMap) {
    (self.first, self.second) = (first, second)
  }

  package func callAsFunction(_ x: Matrix) -> Matrix { second(first(x)) }
}
