// SPDX-License-Identifier: GPL-3.0-or-later

/// How p-values of many sites are adjusted so that a share of false finds is bounded.
package enum FalseDiscovery: String, Sendable, CaseIterable {
  /// For tests that are independent or positively dependent, as neighbouring layers are.
  /// Benjamini & Hochberg, JRSS B 57 (1995).
  case benjaminiHochberg
  /// For any dependence, at the price of a factor Σ 1/i. Benjamini & Yekutieli, Ann. Stat. 29 (2001).
  case benjaminiYekutieli

  /// The adjusted p-values: min over j ≥ i of p_(j) · m/j, times Σ 1/i for Benjamini–Yekutieli,
  /// and at most 1. Rejecting where the adjusted p is at most q keeps the expected share of false
  /// finds at most q.
  ///
  /// - Parameter p: one per site, each between 0 and 1; a missing one must be left out beforehand.
  package func adjusted(_ p: [Double]) -> [Double] {
    precondition(p.allSatisfy { (0...1).contains($0) }, "a p-value lies between 0 and 1")
    let order = p.indices.sorted { (p[$0], $0) < (p[$1], $1) }
    var factor = Double(p.count)
    if self == .benjaminiYekutieli { factor *= p.indices.reduce(0) { $0 + 1 / Double($1 + 1) } }
    var adjusted = p
    var least = 1.0
    for (rank, site) in order.enumerated().reversed() {
      least = min(least, p[site] * factor / Double(rank + 1))
      adjusted[site] = least
    }
    return adjusted
  }
}
