// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// The effective rank of the differences between documents, in units of those between views.
package struct Lidar: ViewsMeasure {
  package let id = "lidar"
  package let title = "LiDAR"
  package let symbol = "LiDAR"
  package let unit = MeasureUnit.dimensions
  package let formula = """
    exp(−Σ p ln p), p = λ/Σλ + 10⁻⁷, λ the eigenvalues of W^−½ B W^−½; B = Σ (m_i − m)(m_i − m)ᵀ/(n − 1), \
    W = Σ over views (x − m_i)(x − m_i)ᵀ/n + 10⁻⁴ I, m_i the mean of document i's two views
    """
  package let about = """
    How many directions tell documents apart by more than the views differ. Thilak et al., \
    arXiv 2312.04000, with their two constants. The 10⁻⁴ is absolute: it outweighs states of small \
    scale, so compare layers of one scale, or scale them first.
    """

  private static let (ridge, added) = (1e-4, 1e-7)

  package init() {}

  package func callAsFunction(_ views: Views) throws(MissingReason) -> Double {
    let (n, d) = (views.documents, views.first.width)
    guard n > 1 else { throw .tooFew }
    let (x, y) = (views.first.elements, views.second.elements)
    // Both views are d = (x − y)/2 from their mean: their two squares make W = Σ 2ddᵀ/n.
    let within = zip(x, y).map { ($0 - $1) * (0.5 / Double(n)).squareRoot() }
    var between = zip(x, y).map { ($0 + $1) / 2 }
    for column in 0..<d {
      var mean = 0.0
      for row in 0..<n { mean += between[row * d + column] }
      for row in 0..<n { between[row * d + column] -= mean / Double(n) }
    }
    let whitened = try Lidar.whitened(between, by: within, rows: n, width: d)
    let columns = whitened.count / n
    let values: [Double]
    do throws(LinearError) {
      values = try eigenvalues(
        gram(whitened, rows: n, columns: columns, side: n <= columns ? .rows : .columns))
    } catch { throw .noConvergence }
    // d eigenvalues, the zeros too: each takes part with what is added to it.
    let positive = values.reversed().prefix(d).map { max($0, 0) }
    let sum = positive.reduce(0, +)
    guard sum > 0 else { throw .allEqual }
    let zeros = [Double](repeating: 0, count: d - positive.count)
    return VonNeumannEntropy.value((positive + zeros).map { $0 / sum + Lidar.added }).exponential
  }

  /// Rows whose inner products are B (W + ridge)⁻¹ Bᵀ, W = AᵀA.
  ///
  /// With A's right singular vectors V and squares λ: what of B lies across V, over √ridge, beside
  /// BV over √(λ + ridge). So the smaller side of A is decomposed.
  private static func whitened(
    _ b: [Double], by a: [Double], rows n: Int, width d: Int
  ) throws(MissingReason) -> [Double] {
    let (values, vectors) = try rightVectors(a, rows: n, width: d)
    let count = values.count
    let along = product(b, vectors, rows: n, inner: d, columns: count, transposed: true)
    let back = product(along, vectors, rows: n, inner: count, columns: d)
    var rows: [Double] = []
    rows.reserveCapacity(n * (d + count))
    for row in 0..<n {
      for place in (row * d)..<((row + 1) * d) {
        rows.append((b[place] - back[place]) / ridge.squareRoot())
      }
      for k in 0..<count { rows.append(along[row * count + k] / (values[k] + ridge).squareRoot()) }
    }
    return rows
  }

  /// The squares of A's singular values above rounding, and its right singular vectors as rows.
  private static func rightVectors(
    _ a: [Double], rows n: Int, width d: Int
  ) throws(MissingReason) -> (values: [Double], vectors: [Double]) {
    let side: GramSide = n <= d ? .rows : .columns
    let system: (values: [Double], vectors: [Double])
    do throws(LinearError) {
      system = try eigenSystem(gram(a, rows: n, columns: d, side: side))
    } catch { throw .noConvergence }
    let order = min(n, d)
    let floor = (system.values.last ?? 0) * Double(max(n, d)) * 0x1p-52
    let kept = system.values.indices.filter { system.values[$0] > floor }
    var vectors: [Double] = []
    for k in kept {
      let vector = Array(system.vectors[(k * order)..<((k + 1) * order)])
      guard side == .rows else {
        vectors += vector
        continue
      }
      let scale = 1 / system.values[k].squareRoot()
      vectors += product(vector, a, rows: 1, inner: n, columns: d).map { $0 * scale }
    }
    return (kept.map { system.values[$0] }, vectors)
  }
}
