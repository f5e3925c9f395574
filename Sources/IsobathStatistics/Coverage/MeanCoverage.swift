// SPDX-License-Identifier: GPL-3.0-or-later

extension CoverageStudy {
  /// Means of per-document values.
  static let meanCoverage = CoverageGroup(
    id: "means", title: "Means of per-document values",
    about: """
      n documents of a known law, 1000 resamples. `jackknife`: mean ± t_{n−1} · s/√n. BCa,
      percentile and basic need about 100 documents to cover what they say. With fewer, bootstrap-t
      (`studentised`) comes nearest for skewed laws and the t interval for heavy tails; both are wider.
      For the lognormal law only bootstrap-t comes within 3 points of its word, from 30 documents on.
      """,
    claims: IntervalMethod.allCases.map { CoverageClaim($0.rawValue, nominal: 0.95) } + [
      CoverageClaim("jackknife", nominal: 0.95)
    ],
    experiments: SimulatedLaw.allCases.flatMap { law in
      [10, 15, 30, 120].map { n in
        CoverageExperiment("\(law.rawValue), n = \(n)", replicates: 2000) { stream in
          means(law, n, stream)
        }
      }
    })

  private static func means(
    _ law: SimulatedLaw, _ n: Int, _ stream: RandomStream
  ) -> [CoverageOutcome] {
    let values = (0..<n).map { _ in law.draw(stream) }
    let units = Units(documents: n)
    let bootstrap = Bootstrap.simulated(units, .bca, count: 1000, stream)
    let outcomes = IntervalMethod.allCases.map { method in
      let interval = bootstrap.with(method).means([values])[0]
      return CoverageOutcome(law.mean, within: interval.low, interval.high)
    }
    let total = values.reduce(0, +)
    let jackknife = BlockJackknife(units).interval { left in
      guard let left else { return total / Double(n) }
      return (total - values[left]) / Double(n - 1)
    }
    return outcomes + [CoverageOutcome(law.mean, within: jackknife.low, jackknife.high)]
  }
}
