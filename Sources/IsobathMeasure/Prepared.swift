// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// A document's states as float64 after a preparation: Z, the rows without a direction left out.
///
/// The direct way, from the states themselves: slower than `MaskedGram` by one Gram matrix for each
/// preparation, and exact whatever the states are.
struct Prepared {
  /// The rows of the states that Z holds, ascending.
  let tokens: [Int]
  /// The rows that the mask left and that have no direction.
  let dropped: [Int]
  let width: Int
  /// Z in row-major order.
  let elements: [Double]

  /// A row shorter than this share of what was subtracted from it is rounding: float64 centring of
  /// float32 states leaves at most 1e-15, and the smallest difference of two float32 states is 6e-8.
  private static let zeroShare = 1e-12

  /// - Parameters:
  ///   - states: one document's states, tokens × width.
  ///   - tokens: the rows that the mask leaves, ascending.
  ///   - preparation: its centring and rows; the mask is applied already.
  init(
    _ states: MatrixView, tokens: some Collection<Int>, _ preparation: Preparation
  ) throws(MissingReason) {
    let tokens = Array(tokens)
    try self.init(
      widened(states, rows: tokens), tokens: tokens, width: states.columns, preparation)
  }

  /// - Parameters:
  ///   - states: one row for each of `tokens`, in row-major order.
  ///   - tokens: what the rows are called.
  ///   - width: the columns.
  ///   - preparation: its centring and rows.
  init(
    _ states: consuming [Double], tokens: [Int], width d: Int, _ preparation: Preparation
  ) throws(MissingReason) {
    guard !tokens.isEmpty else { throw .noTokens }
    var z = states
    let n = tokens.count
    let norms = (0..<n).map { Prepared.squaredNorm(z, $0, d) }
    guard norms.allSatisfy(\.isFinite) else { throw .notFinite }
    var subtracted = 0.0
    if preparation.centring == .tokens {
      guard n > 1 else { throw .oneToken }
      subtracted = Prepared.centre(&z, n, d)
    }
    var kept: [Int] = []
    var dropped: [Int] = []
    for row in 0..<n {
      let square = Prepared.squaredNorm(z, row, d)
      guard square > Prepared.zeroShare * Prepared.zeroShare * (norms[row] + subtracted) else {
        dropped.append(tokens[row])
        continue
      }
      let scale = preparation.rows == .unit ? 1 / square.squareRoot() : 1
      for column in 0..<d { z[kept.count * d + column] = z[row * d + column] * scale }
      kept.append(tokens[row])
    }
    guard !kept.isEmpty else { throw preparation.centring == .tokens ? .allEqual : .allZero }
    z.removeLast(dropped.count * d)
    self.tokens = kept
    self.dropped = dropped
    width = d
    elements = z
  }

  /// The matrix of the smaller side.
  var kernel: Kernel {
    let side: GramSide = tokens.count <= width ? .rows : .columns
    return Kernel(
      matrix: gram(elements, rows: tokens.count, columns: width, side: side),
      tokens: tokens, dropped: dropped, width: width, states: side == .rows ? [] : elements)
  }

  /// Subtracts the mean row; returns the mean's squared length.
  private static func centre(_ z: inout [Double], _ n: Int, _ d: Int) -> Double {
    var mean = [Double](repeating: 0, count: d)
    for row in 0..<n {
      for column in 0..<d { mean[column] += z[row * d + column] }
    }
    for column in 0..<d { mean[column] /= Double(n) }
    for row in 0..<n {
      for column in 0..<d { z[row * d + column] -= mean[column] }
    }
    return mean.reduce(0) { $0 + $1 * $1 }
  }

  private static func squaredNorm(_ z: [Double], _ row: Int, _ d: Int) -> Double {
    var sum = 0.0
    for column in (row * d)..<((row + 1) * d) { sum += z[column] * z[column] }
    return sum
  }
}

/// Some rows of a view as float64, without gaps.
func widened(_ x: MatrixView, rows: [Int]) -> [Double] {
  guard let first = rows.first, let last = rows.last else { return [] }
  if last - first == rows.count - 1 { return widened(x.rows(first..<(last + 1))) }
  return rows.flatMap { widened(x.rows($0..<($0 + 1))) }
}
