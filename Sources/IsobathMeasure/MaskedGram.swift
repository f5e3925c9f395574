// SPDX-License-Identifier: GPL-3.0-or-later
import CKernels
import IsobathLinear

/// The tokens of one document that a mask leaves, their inner products, and a preparation of them.
struct MaskedGram {
  let states: MatrixView
  let preparation: Preparation
  /// The rows of the states that the mask leaves, ascending.
  let tokens: [Int]
  /// Why there is nothing to measure where there are none.
  let empty: MissingReason
  /// The inner products of those rows, shifted by one common row where the preparation centres; nil
  /// where none were made.
  let gram: SymmetricMatrix?

  /// How much longer, squared, the terms may be whose difference is a row: by then four bits are lost
  /// of float64's 52 on average, and 13 in one row. Beyond it the states are prepared directly.
  private static let (meanLoss, worstLoss) = (16.0, 1e4)
  /// The same for a sum of squares, which eigenvalues near rounding have no part in.
  private static let collisionLoss = 1e6

  /// The smaller side of the first `length` of the tokens, prepared by themselves.
  func kernel(_ length: Int) throws(MissingReason) -> Kernel {
    guard length > 0 else { throw empty }
    if let gram, length <= states.columns, let matrix = prepared(gram, length) {
      return Kernel(
        matrix: matrix, tokens: Array(tokens.prefix(length)), dropped: [], width: states.columns,
        states: [])
    }
    return try Prepared(states, tokens: tokens.prefix(length), preparation).kernel
  }

  /// HGH of the leading block, scaled to a unit diagonal where rows are; nil where digits would be lost.
  private func prepared(_ gram: SymmetricMatrix, _ length: Int) -> SymmetricMatrix? {
    guard preparation.centring == .none || length > 1 else { return nil }
    let shift = preparation.centring == .tokens ? Shift(gram, length) : Shift(none: length)
    var scales = [Double](repeating: 1, count: length)
    var loss = 0.0
    for row in 0..<length {
      let (square, lost) = shift.square(gram, row)
      guard lost <= MaskedGram.worstLoss else { return nil }
      loss += lost
      if preparation.rows == .unit { scales[row] = 1 / square.squareRoot() }
    }
    guard loss <= MaskedGram.meanLoss * Double(length) else { return nil }
    let order = gram.order
    let elements = [Double](unsafeUninitializedCapacity: length * length) { buffer, count in
      gram.elements.withUnsafeBufferPointer { source in
        for i in 0..<length {
          let (own, scale) = (shift.rows[i] - shift.all, scales[i])
          for j in 0..<length {
            buffer[i * length + j] =
              (source[i * order + j] - own - shift.rows[j]) * scale * scales[j]
          }
        }
      }
      count = length * length
    }
    return SymmetricMatrix(order: length, elements: elements)
  }

  /// −ln Σp² of the first 1, 2, … of the tokens, in closed form: no eigenvalue is needed, since Σp² is
  /// the sum of the squares of the Gram's elements over the square of its trace.
  func collisionEntropies() -> [Double?] {
    guard let gram else { return tokens.indices.map { directly($0 + 1) } }
    var shift = Shift(none: 0)
    return tokens.indices.map { row in
      if preparation.centring == .tokens { shift.grow(gram) } else { shift = Shift(none: row + 1) }
      return collisionEntropy(gram, shift)
    }
  }

  private func collisionEntropy(_ gram: SymmetricMatrix, _ shift: Shift) -> Double? {
    let length = shift.rows.count
    var weights = [Double](repeating: 1, count: length)
    var trace = 0.0
    for row in 0..<length {
      let (square, lost) = shift.square(gram, row)
      guard lost <= MaskedGram.collisionLoss else { return directly(length) }
      if preparation.rows == .unit { weights[row] = 1 / square }
      trace += preparation.rows == .unit ? 1 : square
    }
    let squares = gram.elements.withUnsafeBufferPointer {
      isobath_weighted_squares(
        $0.baseAddress, gram.order, length, shift.rows, shift.all, weights)
    }
    return 0 - (squares / (trace * trace)).logarithm
  }

  private func directly(_ length: Int) -> Double? {
    do throws(MissingReason) {
      return try Prepared(states, tokens: tokens.prefix(length), preparation)
        .kernel.collisionEntropy
    } catch { return nil }
  }
}

/// What centring subtracts from element (i, j) of a leading block: `rows[i] + rows[j] − all`.
private struct Shift {
  /// Σ_j G_ij / n.
  private(set) var rows: [Double]
  /// Σ_ij G_ij / n².
  private(set) var all = 0.0
  private var sums: [Double] = []

  /// Nothing is subtracted.
  init(none length: Int) { rows = [Double](repeating: 0, count: length) }

  init(_ gram: SymmetricMatrix, _ length: Int) {
    let order = gram.order
    rows = gram.elements.withUnsafeBufferPointer { elements in
      (0..<length).map { row in
        var sum = 0.0
        for column in (row * order)..<(row * order + length) { sum += elements[column] }
        return sum / Double(length)
      }
    }
    all = rows.reduce(0, +) / Double(length)
  }

  /// Takes one more row in: the sums of the rows before it gain one column.
  mutating func grow(_ gram: SymmetricMatrix) {
    let (order, length) = (gram.order, sums.count)
    gram.elements.withUnsafeBufferPointer { elements in
      let start = length * order
      var own = 0.0
      for row in 0..<length {
        sums[row] += elements[start + row]
        own += elements[start + row]
      }
      sums.append(own + elements[start + length])
    }
    rows = sums.map { $0 / Double(length + 1) }
    all = rows.reduce(0, +) / Double(length + 1)
  }

  /// The squared length of a row after centring, and how many times longer the terms are whose
  /// difference it is.
  func square(_ gram: SymmetricMatrix, _ row: Int) -> (value: Double, loss: Double) {
    let own = gram[row, row]
    let square = own - 2 * rows[row] + all
    guard square > 0 else { return (square, .infinity) }
    return (square, (own + 2 * abs(rows[row]) + abs(all)) / square)
  }
}
