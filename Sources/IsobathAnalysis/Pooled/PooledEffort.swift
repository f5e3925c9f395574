// SPDX-License-Identifier: GPL-3.0-or-later

/// How many halves and blocks a pooled value is given, and at how many sites, so that a report ends in
/// time: it depends on the run's shape alone, and is told in each row's note.
struct PooledEffort: Equatable, Sendable {
  /// Splits into halves.
  let splits: Int
  /// Blocks of the jackknife; 0 for no interval.
  let blocks: Int
  /// How many sites at most.
  let sites: Int

  /// From the usual numbers down.
  private static let rungs = [(10, 50), (4, 20), (2, 12), (2, 0), (1, 0)]
  private static let fewestSites = 5

  /// The most that is affordable.
  ///
  /// - Parameters:
  ///   - documents: N.
  ///   - width: d.
  ///   - sites: how many there are.
  ///   - matrices: how many each has: kinds or positions times preparations.
  ///   - budget: in the units of `cost`, of which a core does some 10¹⁰ a second.
  init(documents: Int, width: Int, sites: Int, matrices: Int, budget: Double) {
    func cost(_ splits: Int, _ blocks: Int) -> Double {
      let whole = Self.cost(documents, width)
      let half = Self.cost((documents + 1) / 2, width)
      return Double(matrices) * (Double(1 + blocks) * whole + Double(2 * splits) * half)
    }
    for (splits, blocks) in Self.rungs where cost(splits, blocks) * Double(sites) <= budget {
      self.init(splits: splits, blocks: blocks, sites: sites)
      return
    }
    let affordable = Int(min(budget / max(cost(1, 0), 1), Double(sites)))
    self.init(splits: 1, blocks: 0, sites: min(sites, max(affordable, Self.fewestSites)))
  }

  init(splits: Int, blocks: Int, sites: Int) {
    self.splits = splits
    self.blocks = blocks
    self.sites = sites
  }

  /// One spectrum: its eigenvalues, m³ and for small m more than that, and what makes the matrix.
  static func cost(_ documents: Int, _ width: Int) -> Double {
    let (n, d) = (Double(documents), Double(width))
    let m = min(n, d)
    return m * m * m + 300 * m * m + (n > d ? 0.3 * n * d * d : 0)
  }

  /// Sites spread over the depth, the first and the last among them.
  func thinned(_ all: [Int]) -> [Int] {
    guard all.count > sites, sites > 1 else { return Array(all.prefix(max(sites, 1))) }
    return (0..<sites).map { all[$0 * (all.count - 1) / (sites - 1)] }
  }

  /// What a row's note says of it.
  func notes(sites all: Int) -> [String] {
    var notes = ["\(splits) split\(splits == 1 ? "" : "s") into halves"]
    if blocks == 0 { notes.append("no interval: it would take too long at this size") }
    if sites < all { notes.append("\(sites) of \(all) sites, for time") }
    return notes
  }
}
