// SPDX-License-Identifier: GPL-3.0-or-later

extension CoverageStudy {
  /// Documents that share a source.
  static let clusterCoverage = CoverageGroup(
    id: "clusters", title: "Documents that share a source",
    about: """
      Sources of several documents (or documents of several tokens), each value = its source's
      level N(0, 1) + N(0, 0.3²), 1000 resamples. Drawing the parts singly takes them for
      independent; drawing sources whole does not.
      """,
    claims: [
      CoverageClaim("bca of sources", nominal: 0.95),
      CoverageClaim("studentised of sources", nominal: 0.95),
      CoverageClaim("bca of parts", nominal: 0.95),
    ],
    experiments: [
      CoverageExperiment("40 sources of 4", replicates: 2000) { stream in
        clusters([Int](repeating: 4, count: 40), stream)
      },
      CoverageExperiment("20 sources of 1 to 9", replicates: 2000) { stream in
        clusters((0..<20).map { _ in 1 + stream.integer(below: 9) }, stream)
      },
      CoverageExperiment("40 sources of 100", replicates: 400) { stream in
        clusters([Int](repeating: 100, count: 40), stream)
      },
    ])

  private static func clusters(_ sizes: [Int], _ stream: RandomStream) -> [CoverageOutcome] {
    var (values, sources): ([Double], [String]) = ([], [])
    for (source, size) in sizes.enumerated() {
      let level = stream.gaussian()
      for _ in 0..<size {
        values.append(level + stream.gaussian(sigma: 0.3))
        sources.append("\(source)")
      }
    }
    let whole = Bootstrap.simulated(Units(sources: sources), .bca, count: 1000, stream)
    let parts = Bootstrap.simulated(Units(documents: values.count), .bca, count: 1000, stream)
    return [whole, whole.with(.studentised), parts].map { bootstrap in
      let interval = bootstrap.means([values])[0]
      return CoverageOutcome(0, within: interval.low, interval.high)
    }
  }
}
