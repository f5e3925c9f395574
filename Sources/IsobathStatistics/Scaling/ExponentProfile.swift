// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// The least sum of squares of y = A·e^(−bx) + c at each b of a grid, A and c being linear: where its
/// minima lie.
struct ExponentProfile {
  /// A law in the scaled units; the constant is 0 for a law without.
  struct Point: Equatable {
    var amplitude: Double
    var b: Double
    var constant: Double
  }

  private let grid: [Double]
  /// e^(−bx) of each b.
  private let curves: [[Double]]

  /// A grid of b even in its logarithm, on both sides of 0: |b|·span from `flattest` to `steepest`.
  init(x: [Double], span: Double) {
    let steps = 36
    let (low, high) = (log(SizeFitter.flattest), log(SizeFitter.steepest))
    let side = (0...steps).map { step in
      exp(low + (high - low) * Double(step) / Double(steps)) / span
    }
    grid = side.reversed().map { -$0 } + side
    curves = grid.map { b in x.map { exp(-b * $0) } }
  }

  /// Up to three local minima of the profile, the lowest first.
  func minima(_ y: [Double], _ law: SizeLaw) -> [Point] {
    let points = curves.indices.map { linear(y, curves[$0], b: grid[$0], law) }
    let sums = points.map(\.sum)
    let lowest = sums.indices.filter { index in
      let before = index > 0 ? sums[index - 1] : .infinity
      let after = index + 1 < sums.count ? sums[index + 1] : .infinity
      return sums[index] <= before && sums[index] <= after
    }
    return lowest.sorted { sums[$0] < sums[$1] }.prefix(3).map { points[$0].point }
  }

  /// A, and c, by linear least squares.
  private func linear(
    _ y: [Double], _ curve: [Double], b: Double, _ law: SizeLaw
  ) -> (point: Point, sum: Double) {
    let n = Double(y.count)
    let shift = law == .shifted
    let (meanY, meanE) =
      shift ? (y.reduce(0, +) / n, curve.reduce(0, +) / n) : (0.0, 0.0)
    var (product, square) = (0.0, 0.0)
    for (value, e) in zip(y, curve) {
      product += (value - meanY) * (e - meanE)
      square += (e - meanE) * (e - meanE)
    }
    let amplitude = square > 0 ? product / square : 0
    let point = Point(amplitude: amplitude, b: b, constant: meanY - amplitude * meanE)
    let sum = zip(y, curve).reduce(0) { sum, pair in
      let residual = pair.0 - amplitude * pair.1 - point.constant
      return sum + residual * residual
    }
    return (point, sum)
  }
}
