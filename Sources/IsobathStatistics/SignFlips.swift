// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// Permutation tests of paired differences by flipping signs.
///
/// If two models do not differ, the difference of each document is as likely with the other sign:
/// so the observed mean is compared with the means under other patterns of signs. Every pattern is
/// looked at when there are up to 20 units, else some drawn at random. All sites share the
/// patterns, which is what makes the family-wise p-values exact. Documents of one source flip
/// together.
package struct SignFlips: Sendable {
  package let units: Units
  /// Threads at work; 0 means all cores. No result depends on it.
  package let threads: Int
  let patterns: SignPatterns

  /// Up to so many units every pattern is looked at: 2²⁰.
  package static let exactUnits = 20

  /// - Parameters:
  ///   - units: what flips together.
  ///   - count: patterns to draw when there are too many to look at all.
  ///   - stream: draws them, from its next 64 bits.
  ///   - threads: at work; 0 for all cores.
  package init(units: Units, count: Int = 10_000, stream: RandomStream, threads: Int = 0) {
    precondition(count > 0, "cannot draw \(count) patterns of signs")
    self.units = units
    self.threads = threads
    let key = stream.doubleWord()
    patterns = SignPatterns(
      units: units.count,
      kind: units.count <= Self.exactUnits ? .all : .drawn(count: count, key: key))
  }

  /// Whether every pattern is looked at, so that p has no Monte-Carlo error.
  package var isExact: Bool { patterns.kind == .all }

  /// The smallest p there can be: 2/2^units, or 1/(count + 1).
  package var leastP: Double { p(isExact ? 1 : 0) }

  /// Exact: the share of patterns, the observed one among them. Drawn: (b + 1)/(m + 1), which
  /// counts the observed one in. Phipson & Smyth, Stat. Appl. Genet. Mol. Biol. 9 (2010).
  func p(_ asExtreme: Int) -> Double {
    isExact
      ? Double(asExtreme) / Double(patterns.count)
      : Double(asExtreme + 1) / Double(patterns.count + 1)
  }

  /// Two-sided tests of a mean difference of 0 at each of a family of sites.
  ///
  /// The statistic is |t|, through its monotone twin r = |Σ s_u|/√(k Σ s_u²) = |t|/√(t² + k − 1)
  /// over the k units' sums s_u, which needs no standard error per pattern, as Σ s_u² stays.
  /// max r over sites stands for Westfall & Young's max |t| (1993, algorithms 2.5 and 2.8).
  ///
  /// - Parameter differences: of each site, one value per document, in the same order.
  /// - Returns: for each site nil when there is no document or a value is not finite; such sites
  ///   are no members of the family.
  package func test(_ differences: [[Double]]) -> [SignFlipTest?] {
    for values in differences {
      precondition(
        values.count == units.documents,
        "\(values.count) differences for \(units.documents) documents")
    }
    var tests = [SignFlipTest?](repeating: nil, count: differences.count)
    let family = differences.indices.filter { site in
      units.count > 0 && differences[site].allSatisfy(\.isFinite)
    }
    guard !family.isEmpty else { return tests }
    let table = MeanTable(family.map { differences[$0] }, units: units)
    let counts = Mutex(MaxTCounts(observed: SignedRatios(table).observed))
    parallel(patterns.blocks, threads: threads) { block in
      var ratios = SignedRatios(table)
      var local = MaxTCounts(observed: ratios.observed)
      patterns.forEach(inBlock: block) { signs in local.add(ratios.flipped(by: signs)) }
      let found = local
      counts.withLock { $0.add(found) }
    }
    let total = counts.withLock { $0 }
    for (site, test) in zip(family, total.tests(p)) { tests[site] = test }
    return tests
  }
}

/// The sites' r under a pattern of signs.
private struct SignedRatios {
  private let table: MeanTable
  /// √(k Σ s²) of each site; 1 where all sums are 0, so that r is 0.
  private let scales: [Double]
  private(set) var observed: [Double] = []
  private var values: [Double]

  init(_ table: MeanTable) {
    self.table = table
    scales = table.rows.map { row in
      let squares = row.sums.reduce(0) { $0 + $1 * $1 }
      return squares > 0 ? (Double(row.sums.count) * squares).squareRoot() : 1
    }
    values = [Double](repeating: 0, count: table.rows.count)
    observed = flipped(by: [Double](repeating: 1, count: table.units))
  }

  mutating func flipped(by signs: [Double]) -> [Double] {
    for chunk in 0..<table.chunks {
      var sum = MeanTable.Lane.zero
      for unit in 0..<table.units { sum += table.lanes[chunk * table.units + unit] * signs[unit] }
      let first = chunk * MeanTable.Lane.scalarCount
      for row in first..<min(values.count, first + MeanTable.Lane.scalarCount) {
        values[row] = abs(sum[row - first]) / scales[row]
      }
    }
    return values
  }
}
