// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// The scatter of more documents than dimensions about their mean, and that of any choice of them.
struct PooledScatter: Sendable {
  /// Y, the rows less the mean of all, N × d in row-major order.
  private let rows: [Double]
  private let count: Int
  private let width: Int
  /// YᵀY, whole.
  private let whole: SymmetricMatrix

  /// A difference keeps its digits while it is at least this share of what it is taken from.
  private static let leastShare = 1e-3

  init(_ states: PooledStates) {
    rows = states.centred()
    (count, width) = (states.documents, states.width)
    whole = IsobathLinear.gram(rows, rows: count, columns: width, side: .columns)
  }

  /// The spectrum of the scatter of some documents about their own mean: Σ yyᵀ − n δδᵀ, δ their mean.
  ///
  /// - Returns: nil where another way is better: for at most d documents, or where digits would be lost.
  func spectrum(_ documents: [Int]) throws(MissingReason) -> Spectrum? {
    guard documents.count > width else { return nil }
    var matrix = second(documents)
    let n = Double(documents.count)
    let before = matrix.trace
    let mean = sum(documents).map { $0 / n }
    matrix.addGramToLower(mean, rows: 1, factor: -n)
    matrix.mirrorLower()
    guard matrix.trace > Self.leastShare * max(before, whole.trace) else { return nil }
    let values: [Double]
    do throws(LinearError) { values = try eigenvalues(matrix) } catch { throw .noConvergence }
    return Spectrum(unnormalised: values, tokens: documents.count, width: width)
  }

  /// What `PairSums` needs: squares of inner products by the scatter, sums by the rows' sum.
  func pairSums(_ documents: [Int]) -> PairSums {
    var matrix = second(documents)
    matrix.mirrorLower()
    let total = sum(documents)
    var (norms, sums) = ([Double](), [Double]())
    for document in documents {
      var (norm, along) = (0.0, 0.0)
      for column in 0..<width {
        let value = rows[document * width + column]
        norm += value * value
        along += value * total[column]
      }
      norms.append(norm)
      sums.append(along)
    }
    let squares = matrix.elements.reduce(0) { $0 + $1 * $1 }
    return PairSums(norms: norms, sums: sums, squares: squares)
  }

  /// Σ yyᵀ over some documents, lower triangle: the whole less the others where these are fewer.
  private func second(_ documents: [Int]) -> SymmetricMatrix {
    let others = absent(documents)
    guard others.count < documents.count else {
      var matrix = SymmetricMatrix(zeros: width)
      matrix.addGramToLower(gathered(documents), rows: documents.count)
      return matrix
    }
    var matrix = whole
    matrix.addGramToLower(gathered(others), rows: others.count, factor: -1)
    return matrix
  }

  private func absent(_ documents: [Int]) -> [Int] {
    var isPresent = [Bool](repeating: false, count: count)
    for document in documents { isPresent[document] = true }
    return (0..<count).filter { !isPresent[$0] }
  }

  private func gathered(_ documents: [Int]) -> [Double] {
    var elements: [Double] = []
    elements.reserveCapacity(documents.count * width)
    for document in documents {
      elements += rows[(document * width)..<((document + 1) * width)]
    }
    return elements
  }

  private func sum(_ documents: [Int]) -> [Double] {
    var total = [Double](repeating: 0, count: width)
    for document in documents {
      for column in 0..<width { total[column] += rows[document * width + column] }
    }
    return total
  }
}
