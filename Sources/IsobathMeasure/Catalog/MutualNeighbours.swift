// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// The share of nearest neighbours that two sites have in common.
package struct MutualNeighbours: PairMeasure {
  package let id = "mutual-knn"
  package let title = "Mutual nearest neighbours"
  package let shortTitle = "Mutual neighbours"
  package let symbol = "m_kNN"
  package let unit = MeasureUnit.one
  package let isSymmetric = true
  package let formula =
    "mean over tokens of |N_k(x) ∩ N_k(y)|/k, N_k by the cosine of the states as they are, k = 10"
  package let about = """
    How far two sites agree on which tokens belong together: 1 for the same neighbours, k/(N − 1) for \
    unrelated sites. Huh et al., arXiv 2405.07987. It sees near tokens only and no scale. Needs more \
    than k + 1 tokens; ties go to the earlier token.
    """

  /// k.
  package let count: Int

  package init(count: Int = 10) {
    precondition(count > 0, "MutualNeighbours: \(count) neighbours")
    self.count = count
  }

  package func callAsFunction(_ pair: SitePair) throws(MissingReason) -> Double {
    guard pair.tokens > count + 1 else { throw .tooFew }
    let (a, b) = (try neighbours(pair.first), try neighbours(pair.second))
    let common = zip(a, b).reduce(0) { $0 + $1.0.intersection($1.1).count }
    return Double(common) / Double(count * pair.tokens)
  }

  private func neighbours(_ states: Trajectory) throws(MissingReason) -> [Set<Int>] {
    let unit = try states.unitRows()
    let n = unit.tokens.count
    guard n == states.tokens else { throw .allZero }
    let cosines = gram(unit.elements, rows: n, columns: unit.width, side: .rows)
    return (0..<n).map { row in
      Self.nearest(to: row, of: n, count: count) { cosines[row, $0] }
    }
  }

  /// The tokens of largest cosine with one token.
  ///
  /// - Parameters:
  ///   - row: which token.
  ///   - tokens: how many there are.
  ///   - count: k.
  ///   - cosine: of the token with another.
  static func nearest(
    to row: Int, of tokens: Int, count: Int, _ cosine: (_ token: Int) -> Double
  ) -> Set<Int> {
    var best: [(cosine: Double, token: Int)] = []
    for token in 0..<tokens where token != row {
      let cosine = cosine(token)
      // Strictly: of equal cosines the earlier token stays.
      if best.count == count, !(cosine > best[count - 1].cosine) { continue }
      let place = best.firstIndex { $0.cosine < cosine } ?? best.count
      best.insert((cosine, token), at: place)
      if best.count > count { best.removeLast() }
    }
    return Set(best.map(\.token))
  }
}
