// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// Some rows of one site's inner products between documents: what every pair of sites is compared by.
package struct SimilarityStrip: Sendable {
  /// Rows × documents of the centred states' inner products, each document's own left at zero.
  let products: [Double]
  /// The sum of each row.
  let sums: [Double]
  /// Each row's nearest documents by the cosine of the states as they are, ascending.
  let nearest: [[Int]]
}

extension PooledStates {
  /// The strip of some documents' rows.
  ///
  /// - Parameters:
  ///   - rows: which documents.
  ///   - neighbours: k, how many nearest ones to name; 0 for none.
  /// - Throws: `.allZero` for a row without a direction when neighbours are asked for.
  package func strip(
    _ rows: Range<Int>, neighbours: Int
  ) throws(MissingReason) -> SimilarityStrip {
    let n = documents
    var products = innerProducts(less(mean), rows)
    var sums: [Double] = []
    for (place, row) in rows.enumerated() {
      products[place * n + row] = 0
      sums.append(products[(place * n)..<((place + 1) * n)].reduce(0, +))
    }
    var nearest: [[Int]] = []
    if neighbours > 0 {
      let unit = try unitRows()
      let cosines = innerProducts(unit, rows)
      nearest = rows.enumerated().map { place, row in
        MutualNeighbours.nearest(to: row, of: n, count: neighbours) { cosines[place * n + $0] }
          .sorted()
      }
    }
    return SimilarityStrip(products: products, sums: sums, nearest: nearest)
  }

  private func innerProducts(_ x: [Double], _ rows: Range<Int>) -> [Double] {
    let chosen = Array(x[(rows.lowerBound * width)..<(rows.upperBound * width)])
    return product(
      chosen, x, rows: rows.count, inner: width, columns: documents, transposed: true)
  }

  /// The rows as they are, of unit length.
  private func unitRows() throws(MissingReason) -> [Double] {
    let unit = try matrix.withView { (view) throws(MissingReason) in
      try Prepared(view, tokens: 0..<documents, Preparation(centring: .none, rows: .unit))
    }
    guard unit.dropped.isEmpty else { throw .allZero }
    return unit.elements
  }
}

/// Debiased CKA and mutual nearest neighbours between every two of many sites over the same documents.
///
/// The same numbers as `DebiasedCKA` and `MutualNeighbours` give for each pair alone, from one pass over
/// strips of rows: every term of HSIC₁ is a sum over rows, and the sums of products of all pairs are one
/// Gram matrix of the strips. Memory is that of one strip of each site.
package struct SiteSimilarities: Sendable {
  package let sites: Int
  package let documents: Int
  /// k; 0 when neighbours were not asked for.
  package let neighbours: Int
  private var products: SymmetricMatrix
  /// The row sums of each site.
  private var sums: [[Double]]
  /// How many nearest ones each pair has in common.
  private var common: [Int]

  package init(sites: Int, documents: Int, neighbours: Int) {
    self.sites = sites
    self.documents = documents
    self.neighbours = neighbours
    products = SymmetricMatrix(zeros: sites)
    sums = Array(repeating: [], count: sites)
    common = [Int](repeating: 0, count: sites * sites)
  }

  /// Takes in the strips of the next rows, one of each site.
  package mutating func add(_ strips: [SimilarityStrip]) {
    precondition(strips.count == sites, "SiteSimilarities: \(strips.count) of \(sites) sites")
    let length = strips.first?.products.count ?? 0
    let block = gram(
      strips.flatMap(\.products), rows: sites, columns: length, side: .rows)
    products.add(block)
    for (site, strip) in strips.enumerated() {
      sums[site] += strip.sums
      for other in 0..<site {
        for (a, b) in zip(strip.nearest, strips[other].nearest) {
          common[site * sites + other] += SiteSimilarities.shared(a, b)
        }
      }
    }
  }

  /// Debiased linear CKA of two sites.
  ///
  /// - Throws: `.tooFew` for fewer than four documents, or equal rows at a site.
  package func debiasedCKA(_ a: Int, _ b: Int) throws(MissingReason) -> Double {
    guard documents > 3 else { throw .tooFew }
    let (first, second) = (dependence(a, a), dependence(b, b))
    guard first > 0, second > 0 else { throw .tooFew }
    // The root of each: their product could overflow.
    return dependence(a, b) / first.squareRoot() / second.squareRoot()
  }

  /// The share of nearest neighbours that two sites have in common.
  ///
  /// - Throws: `.tooFew` for at most k + 1 documents.
  package func mutualNeighbours(_ a: Int, _ b: Int) throws(MissingReason) -> Double {
    guard neighbours > 0, documents > neighbours + 1 else { throw .tooFew }
    guard a != b else { return 1 }
    return Double(common[max(a, b) * sites + min(a, b)]) / Double(neighbours * documents)
  }

  /// HSIC₁ times n(n − 3), which cancels.
  private func dependence(_ a: Int, _ b: Int) -> Double {
    let n = Double(documents)
    let (first, second) = (sums[a].reduce(0, +), sums[b].reduce(0, +))
    return products[a, b] + first * second / ((n - 1) * (n - 2))
      - 2 * dot(sums[a], sums[b]) / (n - 2)
  }

  /// How many numbers two ascending lists share.
  private static func shared(_ a: [Int], _ b: [Int]) -> Int {
    var (i, j, count) = (0, 0, 0)
    while i < a.count, j < b.count {
      if a[i] == b[j] {
        (i, j, count) = (i + 1, j + 1, count + 1)
      } else if a[i] < b[j] {
        i += 1
      } else {
        j += 1
      }
    }
    return count
  }
}
