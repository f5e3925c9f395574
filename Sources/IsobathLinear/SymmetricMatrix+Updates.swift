// SPDX-License-Identifier: GPL-3.0-or-later
import COpenBLAS

extension SymmetricMatrix {
  /// Zeros.
  package init(zeros order: Int) {
    self.init(order: order, elements: [Double](repeating: 0, count: order * order))
  }

  /// Adds `factor · XᵀX` to the lower triangle, by dsyrk on the calling thread.
  ///
  /// The upper triangle is not touched: `mirrorLower()` makes the matrix whole again.
  ///
  /// - Parameters:
  ///   - x: rows × order elements in row-major order.
  ///   - rows: how many rows there are.
  package mutating func addGramToLower(_ x: [Double], rows: Int, factor: Double = 1) {
    precondition(
      x.count == rows * order, "addGramToLower: \(x.count) elements for \(rows)×\(order)")
    guard rows > 0, order > 0 else { return }
    BLAS.prepare()
    let order = Int32(order)
    elements.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      cblas_dsyrk(
        CblasRowMajor, CblasLower, CblasTrans, order, Int32(rows), factor, x, order, 1, base, order)
    }
  }

  /// Adds another matrix, element by element.
  package mutating func add(_ other: SymmetricMatrix) {
    precondition(order == other.order, "add: orders \(order) and \(other.order)")
    for place in elements.indices { elements[place] += other.elements[place] }
  }

  /// Copies the lower triangle onto the upper one.
  package mutating func mirrorLower() {
    let order = order
    elements.withUnsafeMutableBufferPointer { buffer in
      for row in 0..<order {
        for column in 0..<row { buffer[column * order + row] = buffer[row * order + column] }
      }
    }
  }
}
