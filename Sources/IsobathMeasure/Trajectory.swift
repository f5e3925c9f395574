// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// One document's states at one site in float64, in the order of its tokens: what a measure needs that
/// asks for more than the spectrum.
package struct Trajectory: Sendable {
  /// N.
  package let tokens: Int
  /// d.
  package let width: Int
  /// The length of each token's state.
  let norms: [Double]
  /// N × d in row-major order.
  let elements: [Double]
  /// The inner products of the states less one common row: distances and everything centred follow.
  let shifted: SymmetricMatrix

  /// - Parameter states: one document's states, tokens × width.
  package init(_ states: MatrixView) throws(MissingReason) {
    try self.init(states, norms: rowNorms(states), shifted: nil)
  }

  /// - Parameter gram: of the same states: its inner products are taken where it has them.
  static func of(
    _ states: MatrixView, _ gram: DocumentGram
  ) -> Result<Trajectory, MissingReason> {
    do throws(MissingReason) {
      return .success(try Trajectory(states, norms: gram.norms, shifted: gram.shifted))
    } catch { return .failure(error) }
  }

  private init(
    _ states: MatrixView, norms: [Double], shifted: SymmetricMatrix?
  ) throws(MissingReason) {
    guard states.rows > 0 else { throw .noTokens }
    guard norms.allSatisfy(\.isFinite) else { throw .notFinite }
    self.norms = norms
    tokens = states.rows
    width = states.columns
    elements = widened(states)
    self.shifted =
      shifted ?? DocumentGram.shifted(states, sinks: MaskRule().sinks(norms: norms))
  }

  /// HGH: the inner products of the centred states.
  var centred: SymmetricMatrix {
    let n = Double(tokens)
    let rows = (0..<tokens).map { row in
      shifted.elements[(row * tokens)..<((row + 1) * tokens)].reduce(0, +) / n
    }
    let all = rows.reduce(0, +) / n
    var result = shifted
    for i in 0..<tokens {
      for j in 0..<tokens { result.elements[i * tokens + j] -= rows[i] + rows[j] - all }
    }
    return result
  }

  /// The states with rows of unit length, uncentred, those of length zero left out.
  func unitRows() throws(MissingReason) -> Prepared {
    try prepared(Preparation(centring: .none, rows: .unit))
  }

  /// The states under a preparation whose mask leaves every token.
  func prepared(_ preparation: Preparation) throws(MissingReason) -> Prepared {
    try Prepared(elements, tokens: Array(0..<tokens), width: width, preparation)
  }

  /// ‖x_i − x_j‖² in row-major order; exactly zero for equal states alone.
  var squaredDistances: [Double] {
    var distances = [Double](repeating: 0, count: tokens * tokens)
    for i in 0..<tokens {
      for j in 0..<i {
        let sum = shifted[i, i] + shifted[j, j]
        var square = sum - 2 * shifted[i, j]
        // Close together, the difference of the products has lost the digits that the states have.
        if square < 1e-6 * sum { square = squaredDistance(i, j) }
        distances[i * tokens + j] = square
        distances[j * tokens + i] = square
      }
    }
    return distances
  }

  private func squaredDistance(_ i: Int, _ j: Int) -> Double {
    var sum = 0.0
    for column in 0..<width {
      let step = elements[i * width + column] - elements[j * width + column]
      sum += step * step
    }
    return sum
  }
}
