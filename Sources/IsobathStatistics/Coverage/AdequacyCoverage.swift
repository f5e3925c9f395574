// SPDX-License-Identifier: GPL-3.0-or-later

extension CoverageStudy {
  /// What "N documents give ± x" is worth.
  static let adequacyCoverage = CoverageGroup(
    id: "adequacy", title: "N documents give ± x",
    about: """
      `H(N) ± x` from 20 subsamples each of N/8, N/4 and N/2, and the same ± x about the value that
      the line against 1/N gives for endless documents. A mean has no bias, and the line only adds
      noise; a pooled entropy (Gaussian rows, eigenvalues 1, 1/2, … 1/64) is all bias, and 1/N is
      not yet its law at N/8 rows, where N/8 < d.
      """,
    claims: [CoverageClaim("H(N) ± x", nominal: 0.95), CoverageClaim("H∞ ± x", nominal: 0.95)],
    experiments: [30, 120].map { n in
      CoverageExperiment("mean, left-skewed, N = \(n)", replicates: 2000) { stream in
        let values = (0..<n).map { _ in SimulatedLaw.leftSkewed.draw(stream) }
        return adequacy(of: SimulatedLaw.leftSkewed.mean, n, stream) { items in
          items.reduce(0) { $0 + values[$1] } / Double(items.count)
        }
      }
    }
      + [200, 800].map { n in
        CoverageExperiment("pooled entropy, N = \(n)", replicates: n < 500 ? 600 : 300) { stream in
          let sample = SimulatedSpectrum(count: n, stream)
          return adequacy(of: SimulatedSpectrum.truth, n, stream, sample.entropy)
        }
      })

  private static func adequacy(
    of truth: Double, _ n: Int, _ stream: RandomStream, _ statistic: ([Int]) -> Double
  ) -> [CoverageOutcome] {
    guard let found = SampleAdequacy.fit(documents: n, stream: stream, statistic),
      let plain = found.points.last?.mean
    else { return [.none, .none] }
    let x = found.halfWidth(documents: n)
    return [plain, found.limit].map { CoverageOutcome(truth, within: $0 - x, $0 + x) }
  }
}
