// SPDX-License-Identifier: GPL-3.0-or-later

extension CoverageStudy {
  /// Two models that differ at some sites, or at none.
  static let pairedCoverage = CoverageGroup(
    id: "paired", title: "Two models that differ in the middle",
    about: """
      60 paired differences at 25 sites, correlated along depth; in the second half of the settings
      sites 9 to 17 have a mean of half a standard deviation (d_z = 0.5). Tests at 0.05 by 999 patterns
      of signs. `false find`: step-down max-T calls any unchanged site changed. `finds site 13`, `finds
      any`: it finds the middle of the change, or any site of it. `one test`: p of site 13 alone, not
      adjusted. `band`: the simultaneous band of 1000 resamples leaves out 0 at site 13.
      """,
    claims: [
      CoverageClaim("false find", nominal: 0.05), CoverageClaim("finds site 13", nominal: nil),
      CoverageClaim("finds any", nominal: nil), CoverageClaim("one test", nominal: nil),
      CoverageClaim("band", nominal: nil),
    ],
    experiments: [0, 0.5].flatMap { effect in
      [SimulatedLaw.normal, .heavyTailed, .leftSkewed].map { law in
        CoverageExperiment(
          "\(law.rawValue), \(effect == 0 ? "no change" : "d_z = 0.5")", replicates: 1000
        ) { paired(law, effect: effect, $0) }
      }
    })

  /// Sites 9 to 17 of 25, counted from 1.
  private static let changed = 8..<17
  private static let documents = 60

  private static func paired(
    _ law: SimulatedLaw, effect: Double, _ stream: RandomStream
  ) -> [CoverageOutcome] {
    var rows = SimulatedSites.rows(sites: 25, documents: documents, law, stream)
    // A document's deviation is the sum of two draws.
    let shift = effect * (2 * law.variance).squareRoot()
    for site in changed { rows[site] = rows[site].map { $0 + shift } }
    let flips = SignFlips(
      units: Units(documents: documents), count: 999, stream: stream, threads: 1)
    let tests = flips.test(rows).compactMap { $0 }
    let found = tests.indices.filter { tests[$0].stepDown <= 0.05 }
    let unchanged = found.filter { effect == 0 || !changed.contains($0) }
    let bootstrap = Bootstrap.simulated(Units(documents: documents), .bca, count: 1000, stream)
    let middle = bootstrap.band(rows).sites[12]
    return [
      CoverageOutcome(!unchanged.isEmpty), CoverageOutcome(found.contains(12)),
      CoverageOutcome(found.contains(where: changed.contains)),
      CoverageOutcome(tests[12].p <= 0.05),
      CoverageOutcome((middle.low ?? 0) > 0 || (middle.high ?? 0) < 0),
    ]
  }
}

extension SimulatedLaw {
  /// Of one draw.
  fileprivate var variance: Double {
    switch self {
    case .normal, .leftSkewed: 1
    // ν/(ν − 2).
    case .heavyTailed: 3
    // (e − 1)e.
    case .lognormal: 4.670774270471606
    }
  }
}
