// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// A document's states as float64 after a preparation: Z, the rows without a direction left out.
struct Prepared {
  let rows: Int
  let width: Int
  let elements: [Double]
  let droppedRows: Int

  /// A row shorter than this share of what was subtracted from it is rounding: float64 centring of
  /// float32 states leaves at most 1e-15, and the smallest difference of two float32 states is 6e-8.
  private static let zeroShare = 1e-12

  init(_ states: MatrixView, _ preparation: Preparation) throws(MissingReason) {
    let masked =
      preparation.mask == .all ? states : states.rows(min(1, states.rows)..<states.rows)
    guard masked.rows > 0 else { throw .noTokens }
    var z = widened(masked)
    let (n, d) = (masked.rows, masked.columns)
    let norms = (0..<n).map { Prepared.squaredNorm(z, $0, d) }
    guard norms.allSatisfy(\.isFinite) else { throw .notFinite }
    var subtracted = 0.0
    if preparation.centring == .tokens {
      guard n > 1 else { throw .oneToken }
      subtracted = Prepared.centre(&z, n, d)
    }
    var kept = 0
    for row in 0..<n {
      let square = Prepared.squaredNorm(z, row, d)
      guard square > Prepared.zeroShare * Prepared.zeroShare * (norms[row] + subtracted) else {
        continue
      }
      let scale = preparation.rows == .unit ? 1 / square.squareRoot() : 1
      for column in 0..<d { z[kept * d + column] = z[row * d + column] * scale }
      kept += 1
    }
    guard kept > 0 else { throw preparation.centring == .tokens ? .allEqual : .allZero }
    z.removeLast((n - kept) * d)
    rows = kept
    width = d
    elements = z
    droppedRows = n - kept
  }

  /// The eigenvalues of the smaller side.
  func spectrum() throws(MissingReason) -> Spectrum {
    let side: GramSide = rows <= width ? .rows : .columns
    let values: [Double]
    do throws(LinearError) {
      values = try eigenvalues(gram(elements, rows: rows, columns: width, side: side))
    } catch { throw .noConvergence }
    return Spectrum(unnormalised: values, tokens: rows, width: width, droppedRows: droppedRows)
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
