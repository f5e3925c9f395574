// SPDX-License-Identifier: GPL-3.0-or-later

extension CoverageStudy {
  /// Differences that are as large as the margin.
  static let equivalenceCoverage = CoverageGroup(
    id: "equivalence", title: "Equivalence of what is not equivalent",
    about: """
      Paired differences whose mean lies on the margin's end: the share of samples in which two
      one-sided t-tests at 0.05 call them equivalent. The margin is twelve standard errors wide, so
      that only one end matters. `its interval`: how often the 90 % interval holds the mean.
      """,
    claims: [CoverageClaim("TOST", nominal: 0.05), CoverageClaim("its interval", nominal: 0.9)],
    experiments: [SimulatedLaw.normal, .heavyTailed, .leftSkewed].flatMap { law in
      [10, 30, 120].map { n in
        CoverageExperiment("\(law.rawValue), n = \(n)", replicates: 4000) { stream in
          let values = (0..<n).map { _ in law.draw(stream) }
          let width = 12 / Double(n).squareRoot()
          let test = Equivalence(
            values, units: Units(documents: n), within: law.mean - width...law.mean)
          return [
            CoverageOutcome(test.isShown), CoverageOutcome(law.mean, within: test.low, test.high),
          ]
        }
      }
    })
}
