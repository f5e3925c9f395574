// SPDX-License-Identifier: GPL-3.0-or-later

extension CoverageStudy {
  /// Where a curve is lowest.
  static let lowestCoverage = CoverageGroup(
    id: "lowest", title: "Where a curve is lowest",
    about: """
      n documents at 13 sites whose mean curve is (site − 8)² · c: the share of samples in which site 8
      lies in the set of rows that could be lowest (max-t tests), in the bootstrap's interval of
      rows, in its likely rows, and is the estimate itself. In a flat valley the likely rows hold the
      truth much too seldom: they say where resamples agree, no more.
      """,
    claims: ["could be lowest", "interval", "likely rows"].map { CoverageClaim($0, nominal: 0.95) }
      + [CoverageClaim("estimate", nominal: nil)],
    experiments: [("steep, c = 0.1", 0.1), ("flat, c = 0.01", 0.01)].flatMap { name, curvature in
      [15, 30, 120].map { n in
        CoverageExperiment("\(name), n = \(n)", replicates: 1000) { lowest(curvature, n, $0) }
      }
    })

  private static func lowest(
    _ curvature: Double, _ n: Int, _ stream: RandomStream
  ) -> [CoverageOutcome] {
    let rows = SimulatedSites.rows(sites: 13, documents: n, .leftSkewed, stream)
    let curve = rows.enumerated().map { site, row in
      row.map { $0 + curvature * Double((site - 8) * (site - 8)) }
    }
    let bootstrap = Bootstrap.simulated(Units(documents: n), .percentile, count: 1000, stream)
    guard let found = bootstrap.lowest([curve])[0], let could = bootstrap.couldBeLowest(curve)
    else { return [.none, .none, .none, .none] }
    let held = [
      could.contains(8), found.interval.contains(8), found.likely.contains(8), found.row == 8,
    ]
    return held.map { CoverageOutcome($0) }
  }
}
