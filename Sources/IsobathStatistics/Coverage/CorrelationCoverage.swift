// SPDX-License-Identifier: GPL-3.0-or-later

extension CoverageStudy {
  /// Curves over layers that have nothing to do with each other.
  static let correlationCoverage = CoverageGroup(
    id: "correlation", title: "Curves that have nothing to do with each other",
    about: """
      Two independent curves over L layers, x_{l+1} = ρ x_l + noise (ρ = 1: a random walk, which has
      no level to return to): the share of pairs whose Pearson correlation a test at 0.05 calls
      real. `t-test` takes layers for independent; the others are circular shifts and 199 orders of
      blocks. They keep their word where a curve forgets within a block, and neither does for
      walks and trends: compare the differences between neighbouring layers then.
      """,
    claims: ["t-test", "circular shifts", "block orders"].map { CoverageClaim($0, nominal: 0.05) },
    experiments: [0, 0.7, 0.9, 1].flatMap { memory in
      [25, 40].map { layers in
        CoverageExperiment("ρ = \(memory.formatted(digits: 1)), L = \(layers)", replicates: 2000) {
          correlation(memory, layers, $0)
        }
      }
    })

  private static func correlation(
    _ memory: Double, _ layers: Int, _ stream: RandomStream
  ) -> [CoverageOutcome] {
    func curve() -> [Double] {
      let level = memory < 1 ? 1 / (1 - memory * memory).squareRoot() : 1
      var value = stream.gaussian(sigma: level)
      return (0..<layers).map { _ in
        value = memory * value + stream.gaussian()
        return value
      }
    }
    guard let found = CurveCorrelation(curve(), curve(), .pearson, count: 199, stream: stream)
    else { return [.none, .none, .none] }
    let r = found.coefficient
    let t = r * (Double(layers - 2) / (1 - r * r)).squareRoot()
    let p = 2 * GSL.studentProbability(-abs(t), degrees: Double(layers - 2))
    return [p, found.shiftP, found.blockP].map { CoverageOutcome($0 <= 0.05) }
  }
}
