// SPDX-License-Identifier: GPL-3.0-or-later

extension CoverageStudy {
  /// Every site of a curve at once.
  static let bandCoverage = CoverageGroup(
    id: "bands", title: "A curve at every site at once",
    about: """
      n documents at 25 sites whose values are correlated along depth, 1000 resamples; a curve counts
      as held when every site's interval holds its mean. `max-t band` is made for that, pointwise
      intervals are not.
      """,
    claims: [
      CoverageClaim("max-t band", nominal: 0.95), CoverageClaim("bca at each site", nominal: 0.95),
    ],
    experiments: [SimulatedLaw.normal, .leftSkewed].flatMap { law in
      [10, 15, 30, 120].map { n in
        CoverageExperiment("\(law.rawValue), n = \(n)", replicates: n > 100 ? 400 : 1000) {
          stream in
          let rows = SimulatedSites.rows(sites: 25, documents: n, law, stream)
          let bootstrap = Bootstrap.simulated(Units(documents: n), .bca, count: 1000, stream)
          return [everySite(bootstrap.band(rows).sites), everySite(bootstrap.means(rows))]
        }
      }
    })

  private static func everySite(_ intervals: [Interval]) -> CoverageOutcome {
    let outcomes = intervals.map { CoverageOutcome(0, within: $0.low, $0.high) }
    return outcomes.contains(.none) ? .none : CoverageOutcome(!outcomes.contains(.missed))
  }
}
