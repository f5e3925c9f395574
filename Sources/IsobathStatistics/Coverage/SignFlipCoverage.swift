// SPDX-License-Identifier: GPL-3.0-or-later

extension CoverageStudy {
  /// Two models that do not differ.
  static let signFlipCoverage = CoverageGroup(
    id: "permutation", title: "Two models that do not differ",
    about: """
      Paired differences of mean 0 at 25 sites that are correlated along depth: the share of samples
      in which a test at 0.05 finds a difference that is not there. Up to 20 documents all
      patterns of signs are looked at, of more documents' 999. `at one site`: p of the first site.
      `at any site`: the smallest p of 25 unadjusted; the others adjust it. Sign flips are exact for
      symmetric differences; of the last law, which is not symmetric, few documents give up to 9 %.
      """,
    claims: ["at one site", "at any site", "max-t, single step", "max-t, step-down", "BH", "BY"].map
    { CoverageClaim($0, nominal: 0.05) },
    experiments: [SimulatedLaw.normal, .heavyTailed, .leftSkewed].flatMap { law in
      [10, 13, 30].map { n in
        CoverageExperiment("\(law.rawValue), n = \(n)", replicates: 1000) {
          permutation(law, n, $0)
        }
      }
    })

  private static func permutation(
    _ law: SimulatedLaw, _ n: Int, _ stream: RandomStream
  ) -> [CoverageOutcome] {
    let rows = SimulatedSites.rows(sites: 25, documents: n, law, stream)
    let flips = SignFlips(units: Units(documents: n), count: 999, stream: stream, threads: 1)
    let tests = flips.test(rows).compactMap { $0 }
    let p = tests.map(\.p)
    let families = [
      Array(p.prefix(1)), p, tests.map(\.singleStep), tests.map(\.stepDown),
      FalseDiscovery.benjaminiHochberg.adjusted(p), FalseDiscovery.benjaminiYekutieli.adjusted(p),
    ]
    return families.map { family in CoverageOutcome((family.min() ?? 1) <= 0.05) }
  }
}
