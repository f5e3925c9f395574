// SPDX-License-Identifier: GPL-3.0-or-later

extension CoverageStudy {
  /// The entropy of a pooled spectrum, by jackknife.
  static let pooledCoverage = CoverageGroup(
    id: "pooled", title: "Entropy of a pooled spectrum",
    about: """
      N Gaussian rows whose covariance has the eigenvalues 1, 1/2, … 1/64. `half-sample`: 2H(N) − mean
      H(N/2) over ten splits with the width of a 50-block jackknife of H(N), the default. `plain`:
      H(N) itself with the same width: biased. `jackknife`: the jackknife's own correction with the
      same width.
      """,
    claims: ["half-sample", "plain", "jackknife"].map { CoverageClaim($0, nominal: 0.95) },
    experiments: [(50, 1000), (200, 600), (800, 400)].map { n, replicates in
      CoverageExperiment("N = \(n), d = \(SimulatedSpectrum.width)", replicates: replicates) {
        pooled(n, $0)
      }
    })

  private static func pooled(_ n: Int, _ stream: RandomStream) -> [CoverageOutcome] {
    let sample = SimulatedSpectrum(count: n, stream)
    let blocks = BlockJackknife(items: n, blocks: 50, stream: stream)
    let plain = blocks.interval { sample.entropy(of: blocks.kept(without: $0)) }
    let half = HalfSampleCorrection.of(items: n, stream: stream, sample.entropy)
    guard let estimate = plain.estimate, let high = plain.high, let bias = plain.bias, let half
    else { return [.none, .none, .none] }
    return [half.corrected, estimate, estimate - bias].map { centre in
      let reach = high - estimate
      return CoverageOutcome(SimulatedSpectrum.truth, within: centre - reach, centre + reach)
    }
  }

  /// The same by bootstrap, which is wrong.
  static let pooledBootstrapCoverage = CoverageGroup(
    id: "pooled-bootstrap", title: "Entropy of a pooled spectrum, bootstrapped",
    about: """
      The same samples' law with 200 resamples of rows. A resample repeats rows, and so loses
      eigenvalues that the sample has already lost too many of: its distribution lies below H(N),
      which lies below the truth. Where every resample lies below H(N), BCa has no ends.
      """,
    claims: [IntervalMethod.percentile, .bca, .basic].map {
      CoverageClaim($0.rawValue, nominal: 0.95)
    },
    experiments: [(50, 200), (200, 100), (800, 60)].map { n, replicates in
      CoverageExperiment("N = \(n), d = \(SimulatedSpectrum.width)", replicates: replicates) {
        stream in
        let sample = SimulatedSpectrum(count: n, stream)
        let bootstrap = Bootstrap.simulated(Units(documents: n), .percentile, count: 200, stream)
        return [IntervalMethod.percentile, .bca, .basic].map { method in
          let interval = bootstrap.with(method).functional(Array(0..<n), sample.entropy)
          return CoverageOutcome(SimulatedSpectrum.truth, within: interval.low, interval.high)
        }
      }
    })
}
