// SPDX-License-Identifier: GPL-3.0-or-later
import CKernels
import IsobathLinear

/// The entropies of a document's first t tokens, for growing t.
///
/// A causal model's states of the first t tokens do not depend on the rest, so one pass gives every
/// prefix: its Gram matrix is the leading block of the document's.
package struct PrefixEntropies: Sendable, Equatable {
  /// Values at some lengths; nil where the prefix has no spectrum (its first token, centred).
  package struct Curve: Sendable, Equatable {
    package let order: Double
    package let positions: [Int]
    package let values: [Double?]
  }

  package let curves: [Curve]

  /// - Parameters:
  ///   - states: one document's states, tokens × width.
  ///   - preparation: applied to each prefix by itself.
  ///   - policy: the lengths of order 1; order 2 is taken at every length unless it is `.none`.
  init(_ states: MatrixView, _ preparation: Preparation, _ policy: PositionPolicy) {
    guard policy != .none, states.rows > 0 else {
      curves = []
      return
    }
    let first = preparation.mask == .all ? 0 : min(1, states.rows)
    let masked = states.rows(first..<states.rows)
    let grams = PrefixGrams(masked, preparation)
    let grid = policy.grid(tokens: states.rows)
    let one = grid.map { length -> Double? in
      grams.spectrum(length - first).map { VonNeumannEntropy.value($0.eigenvalues) }
    }
    let lengths = Array(1...states.rows)
    let two = lengths.map { grams.collisionEntropy($0 - first) }
    curves = [
      Curve(order: 1, positions: grid, values: one),
      Curve(order: 2, positions: lengths, values: two),
    ]
  }
}

/// The Gram matrices of all prefixes of a document.
private struct PrefixGrams {
  private let states: MatrixView
  private let preparation: Preparation
  private let gram: SymmetricMatrix?
  /// Row sums of each leading block are kept as they grow: Σ_{j<t} G_ij for the t at hand.
  private let order: Int

  init(_ states: MatrixView, _ preparation: Preparation) {
    self.states = states
    self.preparation = preparation
    order = states.rows
    // Shifting every row by the mean of all changes no centred Gram, and keeps its digits.
    let centred = Preparation(centring: preparation.centring, rows: .asTheyAre)
    gram = PrefixGrams.shifted(states, centred)
  }

  private static func shifted(_ x: MatrixView, _ preparation: Preparation) -> SymmetricMatrix? {
    var z = widened(x)
    let (n, d) = (x.rows, x.columns)
    guard n > 0, z.allSatisfy(\.isFinite) else { return nil }
    if preparation.centring == .tokens {
      for column in 0..<d {
        var mean = 0.0
        for row in 0..<n { mean += z[row * d + column] }
        mean /= Double(n)
        for row in 0..<n { z[row * d + column] -= mean }
      }
    }
    return IsobathLinear.gram(z, rows: n, columns: d, side: .rows)
  }

  /// The spectrum of the first `length` rows.
  func spectrum(_ length: Int) -> Spectrum? {
    guard length > 0, length <= order else { return nil }
    // Beyond the width the other side is smaller, and short prefixes cost nothing from the start.
    if length <= 32 || length > states.columns { return direct(length) }
    guard let (k, kept) = kernel(length) else { return nil }
    do throws(LinearError) {
      let values = try eigenvalues(k)
      return Spectrum(
        unnormalised: values, tokens: kept, width: states.columns, droppedRows: length - kept)
    } catch { return nil }
  }

  private func direct(_ length: Int) -> Spectrum? {
    let whole = Preparation(centring: preparation.centring, rows: preparation.rows)
    do throws(MissingReason) {
      return try Prepared(states.rows(0..<length), whole).spectrum()
    } catch { return nil }
  }

  /// The prepared Gram of a prefix, rows without a direction left out.
  private func kernel(_ length: Int) -> (SymmetricMatrix, Int)? {
    guard let gram else { return nil }
    let block = gram.leading(length)
    let shift = shifts(length)
    var scales: [Double] = []
    var kept: [Int] = []
    for row in 0..<length {
      let square = block[row, row] - 2 * shift.rows[row] + shift.all
      guard square > 1e-13 * (block[row, row] + abs(shift.all)) else { continue }
      kept.append(row)
      scales.append(preparation.rows == .unit ? 1 / square.squareRoot() : 1)
    }
    guard !kept.isEmpty else { return nil }
    var elements = [Double](repeating: 0, count: kept.count * kept.count)
    for (i, row) in kept.enumerated() {
      for (j, column) in kept.enumerated() {
        let centred = block[row, column] - shift.rows[row] - shift.rows[column] + shift.all
        elements[i * kept.count + j] = centred * scales[i] * scales[j]
      }
    }
    return (SymmetricMatrix(order: kept.count, elements: elements), kept.count)
  }

  /// −ln Σp² of the first `length` rows, in closed form: no eigenvalue is needed, since Σp² is the sum
  /// of the squares of the Gram's elements over the square of its trace.
  func collisionEntropy(_ length: Int) -> Double? {
    guard let gram, length > 0, length <= order else { return nil }
    let shift = shifts(length)
    var weights = [Double](repeating: 0, count: length)
    var trace = 0.0
    for row in 0..<length {
      let own = gram[row, row]
      let square = own - 2 * shift.rows[row] + shift.all
      guard square > 1e-13 * (own + abs(shift.all)) else { continue }
      weights[row] = preparation.rows == .unit ? 1 / square : 1
      trace += preparation.rows == .unit ? 1 : square
    }
    guard trace > 0 else { return nil }
    let squares = gram.elements.withUnsafeBufferPointer { elements in
      isobath_weighted_squares(
        elements.baseAddress, order, length, shift.rows, shift.all, weights)
    }
    return -(squares / (trace * trace)).logarithm
  }

  /// What centring subtracts from element (i, j): `rows[i] + rows[j] − all`; zeros when not centred.
  private func shifts(_ length: Int) -> (rows: [Double], all: Double) {
    guard preparation.centring == .tokens, let gram else {
      return ([Double](repeating: 0, count: length), 0)
    }
    let n = Double(length)
    var rows: [Double] = []
    rows.reserveCapacity(length)
    gram.elements.withUnsafeBufferPointer { elements in
      for row in 0..<length {
        var sum = 0.0
        for column in (row * order)..<(row * order + length) { sum += elements[column] }
        rows.append(sum / n)
      }
    }
    return (rows, rows.reduce(0, +) / n)
  }
}
