// SPDX-License-Identifier: GPL-3.0-or-later

/// How badly the nearest neighbour at one site predicts nearness at another.
package struct InformationImbalance: PairMeasure {
  package let id: String
  package let title: String
  package let symbol: String
  package let unit = MeasureUnit.one
  package let isSymmetric = false
  package let formula = """
    2/N · mean over tokens of the rank, at the other site, of the nearest neighbour; ranks from 1
    """
  package let about = """
    2/N when the first site's distances tell all about the second's, about 1 when they tell nothing. \
    The two directions together say which site holds the other's information: low one way and high the \
    other means that something was lost. Glielmo et al., PNAS Nexus 1, 2022. Euclidean, states as they \
    are; ties go to the earlier token.
    """

  private let isForward: Bool

  /// From the first site to the second.
  package static let forward = InformationImbalance(
    isForward: true, id: "information-imbalance", title: "Information imbalance", symbol: "Δ(A→B)")
  /// From the second site to the first.
  package static let back = InformationImbalance(
    isForward: false, id: "information-imbalance-back", title: "Information imbalance, back",
    symbol: "Δ(B→A)")

  private init(isForward: Bool, id: String, title: String, symbol: String) {
    self.isForward = isForward
    (self.id, self.title, self.symbol) = (id, title, symbol)
  }

  package func callAsFunction(_ pair: SitePair) throws(MissingReason) -> Double {
    let n = pair.tokens
    guard n > 2 else { throw .tooFew }
    let (first, second) = (pair.first.squaredDistances, pair.second.squaredDistances)
    let (from, to) = isForward ? (first, second) : (second, first)
    var ranks = 0
    for row in 0..<n {
      let others = (0..<n).filter { $0 != row }.map { row * n + $0 }
      var nearest = others[0]
      for place in others where from[place] < from[nearest] { nearest = place }
      ranks += 1 + others.count { (to[$0], $0) < (to[nearest], nearest) }
    }
    return 2 * Double(ranks) / Double(n * n)
  }
}
