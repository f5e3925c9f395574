// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// The sums over documents' inner products K_ij that the unbiased participation ratio is made of.
///
/// PR = (tr Σ)²/tr Σ², Σ the covariance of what documents are drawn from. Both parts are averages over
/// four different documents i, j, k, l, so that none meets itself, which is where the plain ratio's bias
/// of about PR²/N comes from: of ½‖x_i − x_j‖² · ½‖x_k − x_l‖² for (tr Σ)², and of
/// ¼((x_i − x_j)·(x_k − x_l))² for tr Σ². Chun, Canatar, Chung & Lee, arXiv 2509.26560 (their estimate
/// for few rows and all columns: the model's width is known); the denominator also in Chen, Zhang &
/// Zhong, JASA 105 (2010). In closed form, all averages follow from sums over pairs.
struct PairSums {
  /// K_ii.
  let norms: [Double]
  /// Σ_j K_ij, i itself included.
  let sums: [Double]
  /// Σ_ij K_ij².
  let squares: Double

  init(norms: [Double], sums: [Double], squares: Double) {
    self.norms = norms
    self.sums = sums
    self.squares = squares
  }

  /// Of some rows of a Gram matrix, taken about any origin.
  init(_ gram: SymmetricMatrix, _ documents: [Int]) {
    var (norms, sums, squares) = ([Double](), [Double](), 0.0)
    gram.elements.withUnsafeBufferPointer { elements in
      for i in documents {
        let row = i * gram.order
        var sum = 0.0
        for j in documents {
          let value = elements[row + j]
          sum += value
          squares += value * value
        }
        norms.append(elements[row + i])
        sums.append(sum)
      }
    }
    self.init(norms: norms, sums: sums, squares: squares)
  }

  /// The ratio of the two unbiased estimates; nil for fewer than four documents, or when chance has made
  /// either of them no positive number. A row r times longer than the others costs 2 log₁₀ r digits.
  var participationRatio: Double? {
    let n = Double(norms.count)
    guard n > 3 else { return nil }
    let quadruples = n * (n - 1) * (n - 2) * (n - 3)
    // D_ij = ½‖x_i − x_j‖² = ½(K_ii + K_jj) − K_ij: all, by row, and squared.
    let trace = norms.reduce(0, +)
    let byRow = zip(norms, sums).map { 0.5 * (n * $0 + trace) - $1 }
    let all = byRow.reduce(0, +)
    let normSquares = norms.reduce(0) { $0 + $1 * $1 }
    let distanceSquares =
      0.5 * (n * normSquares + trace * trace) + squares
      - 2 * zip(norms, sums).reduce(0) { $0 + $1.0 * $1.1 }
    let rowSquares = byRow.reduce(0) { $0 + $1 * $1 }
    let traceSquared = (all * all - 4 * rowSquares + 2 * distanceSquares) / quadruples
    // K with an empty diagonal: all, by row, and squared.
    let others = zip(sums, norms).map { $0 - $1 }
    let total = others.reduce(0, +)
    let otherSquares = others.reduce(0) { $0 + $1 * $1 }
    let pairs = squares - normSquares
    let squareTrace =
      pairs / (n * (n - 1)) - 2 * (otherSquares - pairs) / (n * (n - 1) * (n - 2))
      + (total * total - 4 * otherSquares + 2 * pairs) / quadruples
    let ratio = traceSquared / squareTrace
    return traceSquared > 0 && squareTrace > 0 && ratio.isFinite ? ratio : nil
  }
}
