// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// Gaussian rows whose covariance has the eigenvalues 1, 1/2, … 1/d: a decaying spectrum whose
/// entropy is known.
struct SimulatedSpectrum: Sendable {
  static let width = 64
  static let eigenvalues = (1...width).map { 1 / Double($0) }

  /// H of the covariance itself.
  static let truth = entropy(eigenvalues)

  /// Row after row, `width` each.
  private let rows: [Double]
  let count: Int

  init(count: Int, _ stream: RandomStream) {
    self.count = count
    rows = (0..<count).flatMap { _ in
      Self.eigenvalues.map { stream.gaussian(sigma: $0.squareRoot()) }
    }
  }

  /// H of the pooled spectrum of some rows, a row as often as it is listed; the smaller of the
  /// scatter (d × d) and the Gram matrix (N × N) is decomposed. NaN when that fails.
  func entropy(of items: [Int]) -> Double {
    let matrix = items.count < Self.width ? gram(items) : scatter(items)
    let order = min(items.count, Self.width)
    return symmetricEigenvalues(matrix, order: order).map(Self.entropy) ?? .nan
  }

  /// −Σ p ln p of the positive eigenvalues.
  static func entropy(_ eigenvalues: [Double]) -> Double {
    let total = eigenvalues.reduce(0) { $0 + max(0, $1) }
    return eigenvalues.reduce(0) { sum, value in
      value > 0 ? sum - value / total * log(value / total) : sum
    }
  }

  /// Σ x xᵀ, lower triangle.
  private func scatter(_ items: [Int]) -> [Double] {
    let d = Self.width
    var sums = [Double](repeating: 0, count: d * d)
    rows.withUnsafeBufferPointer { rows in
      sums.withUnsafeMutableBufferPointer { sums in
        for item in items {
          for i in 0..<d {
            let x = rows[item * d + i]
            for j in 0...i { sums[i * d + j] += x * rows[item * d + j] }
          }
        }
      }
    }
    return sums
  }

  /// Inner products, lower triangle.
  private func gram(_ items: [Int]) -> [Double] {
    let (n, d) = (items.count, Self.width)
    var products = [Double](repeating: 0, count: n * n)
    rows.withUnsafeBufferPointer { rows in
      for i in 0..<n {
        for j in 0...i {
          var sum = 0.0
          for k in 0..<d { sum += rows[items[i] * d + k] * rows[items[j] * d + k] }
          products[i * n + j] = sum
        }
      }
    }
    return products
  }
}
