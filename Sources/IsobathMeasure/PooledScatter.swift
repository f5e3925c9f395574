// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// The scatter of more documents than dimensions about their mean, and that of any choice of them.
struct PooledScatter: Sendable {
  private let states: PooledStates
  /// The mean of all rows, which is subtracted from each.
  private let origin: [Double]
  /// YᵀY, Y the rows less the origin; lower triangle.
  private let whole: SymmetricMatrix

  private var count: Int { states.documents }
  private var width: Int { states.width }

  /// A difference keeps its digits while it is at least this share of what it is taken from.
  private static let leastShare = 1e-3
  /// Rows that are widened to float64 at a time.
  private static let chunk = 512

  init(_ states: PooledStates) {
    self.states = states
    origin = states.mean
    whole = PooledScatter.scatter(
      states, Array(0..<states.documents), origin, into: SymmetricMatrix(zeros: states.width))
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
    eachChunk(documents) { rows, count in
      for row in 0..<count {
        var (norm, along) = (0.0, 0.0)
        for column in 0..<width {
          let value = rows[row * width + column]
          norm += value * value
          along += value * total[column]
        }
        norms.append(norm)
        sums.append(along)
      }
    }
    let squares = matrix.elements.reduce(0) { $0 + $1 * $1 }
    return PairSums(norms: norms, sums: sums, squares: squares)
  }

  /// Σ yyᵀ over some documents, lower triangle: the whole less the others where these are fewer.
  private func second(_ documents: [Int]) -> SymmetricMatrix {
    let others = absent(documents)
    return others.count < documents.count
      ? PooledScatter.scatter(states, others, origin, factor: -1, into: whole)
      : PooledScatter.scatter(states, documents, origin, into: SymmetricMatrix(zeros: width))
  }

  private func absent(_ documents: [Int]) -> [Int] {
    var isPresent = [Bool](repeating: false, count: count)
    for document in documents { isPresent[document] = true }
    return (0..<count).filter { !isPresent[$0] }
  }

  private func sum(_ documents: [Int]) -> [Double] {
    var total = [Double](repeating: 0, count: width)
    eachChunk(documents) { rows, count in
      for row in 0..<count {
        for column in 0..<width { total[column] += rows[row * width + column] }
      }
    }
    return total
  }

  private func eachChunk(_ documents: [Int], _ body: (_ rows: [Double], _ count: Int) -> Void) {
    PooledScatter.eachChunk(states, documents, origin, body)
  }

  private static func scatter(
    _ states: PooledStates, _ documents: [Int], _ origin: [Double], factor: Double = 1,
    into matrix: SymmetricMatrix
  ) -> SymmetricMatrix {
    var matrix = matrix
    eachChunk(states, documents, origin) { rows, count in
      matrix.addGramToLower(rows, rows: count, factor: factor)
    }
    return matrix
  }

  /// Some documents' rows less the origin, a few at a time.
  private static func eachChunk(
    _ states: PooledStates, _ documents: [Int], _ origin: [Double],
    _ body: (_ rows: [Double], _ count: Int) -> Void
  ) {
    for start in stride(from: 0, to: documents.count, by: chunk) {
      let chosen = Array(documents[start..<min(start + chunk, documents.count)])
      body(states.chosen(chosen).less(origin), chosen.count)
    }
  }
}
