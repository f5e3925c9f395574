// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// The mean and second moment of rows that pass by, any number of them, in the memory of one d × d
/// matrix: the pooled covariance over all tokens of a corpus.
///
/// Count n, mean m and M = Σ (x − m)(x − m)ᵀ. Two parts merge by Chan, Golub & LeVeque (Stanford
/// STAN-CS-79-773, 1979): with δ = m_b − m_a, M = M_a + M_b + δδᵀ n_a n_b/(n_a + n_b). Blocks are centred
/// by their own mean before their products are summed, so no digits go into the common mean, and the
/// order of blocks and of merges does not matter beyond rounding. float64; 8 d² bytes.
///
/// What is centred and then scaled to unit rows cannot run: the mean is not known before the end. It
/// is offered for rows that are kept, by `PooledRows`.
package struct RunningMoment: Sendable {
  /// n.
  package internal(set) var count = 0
  /// m, of d elements.
  package internal(set) var mean: [Double]
  /// Whether each row is scaled to unit length before it is counted.
  package let rows: Preparation.Rows
  /// Rows of length zero that had no unit form, left out.
  package private(set) var droppedRows = 0
  /// M; only the lower triangle is kept up to date.
  var moment: SymmetricMatrix

  /// - Parameters:
  ///   - width: d.
  ///   - rows: what is done to each row first.
  package init(width: Int, rows: Preparation.Rows = .asTheyAre) {
    mean = [Double](repeating: 0, count: width)
    self.rows = rows
    moment = SymmetricMatrix(zeros: width)
  }

  /// d.
  package var width: Int { mean.count }

  /// Takes the rows of a document in.
  ///
  /// - Throws: `.notFinite` for rows with NaN or infinity; nothing of the block is counted then.
  package mutating func add(_ states: MatrixView) throws(MissingReason) {
    precondition(states.columns == width, "RunningMoment: \(states.columns) columns, not \(width)")
    guard states.rows > 0 else { return }
    guard rowNorms(states).allSatisfy(\.isFinite) else { throw .notFinite }
    var block = RunningMoment(width: width, rows: rows)
    do throws(MissingReason) {
      let z = try Prepared(
        states, tokens: 0..<states.rows, Preparation(centring: .none, rows: rows))
      // Of rows as they are, a row of zeros is a row: it has a part in the mean.
      let kept = rows == .unit ? z.elements : widened(states)
      block.droppedRows = rows == .unit ? z.dropped.count : 0
      block.count = states.rows - block.droppedRows
      moment.addGramToLower(block.centre(kept), rows: block.count)
    } catch {
      guard error == .allZero else { throw error }
      block.droppedRows = rows == .unit ? states.rows : 0
      block.count = states.rows - block.droppedRows
    }
    join(block)
  }

  /// Takes in what another has counted; the same width and rows.
  package mutating func merge(_ other: RunningMoment) {
    precondition(
      other.width == width && other.rows == rows, "RunningMoment: unlike moments do not merge")
    moment.add(other.moment)
    join(other)
  }

  /// The spectrum of the covariance (`.tokens`) or of the second moment about the origin (`.none`).
  ///
  /// - Returns: as many eigenvalues as the smaller of n and d; tokens = n.
  package func spectrum(_ centring: Preparation.Centring) throws(MissingReason) -> Spectrum {
    guard count > 0 else { throw droppedRows > 0 ? .allZero : .noTokens }
    if centring == .tokens, count < 2 { throw .oneToken }
    var matrix = moment
    if centring == .none { matrix.addGramToLower(mean, rows: 1, factor: Double(count)) }
    matrix.mirrorLower()
    guard matrix.trace > 0 else { throw centring == .tokens ? .allEqual : .allZero }
    let values: [Double]
    do throws(LinearError) { values = try eigenvalues(matrix) } catch { throw .noConvergence }
    // The rest of fewer rows than dimensions is zero but for rounding.
    return Spectrum(
      unnormalised: values.suffix(count), tokens: count, width: width, droppedRows: droppedRows)
  }

  /// Sets the mean of a new block, and returns its rows less the mean.
  private mutating func centre(_ x: [Double]) -> [Double] {
    var x = x
    let d = width
    for row in 0..<count {
      for column in 0..<d { mean[column] += x[row * d + column] }
    }
    for column in 0..<d { mean[column] /= Double(count) }
    for row in 0..<count {
      for column in 0..<d { x[row * d + column] -= mean[column] }
    }
    return x
  }

  /// Everything of a merge but the sum of the two moments.
  private mutating func join(_ other: RunningMoment) {
    droppedRows += other.droppedRows
    guard other.count > 0 else { return }
    let total = count + other.count
    let step = zip(other.mean, mean).map(-)
    moment.addGramToLower(
      step, rows: 1, factor: Double(count) * (Double(other.count) / Double(total)))
    for column in 0..<width {
      mean[column] += step[column] * (Double(other.count) / Double(total))
    }
    count = total
  }
}
