// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathLinear

/// Entropy and curvature through depth as the code of "Layer by Layer" computes them.
package struct SkeanCode: PublishedCode {
  package let id = "skean"
  package let title = "Layer by Layer (Skean et al.)"
  package let source = """
    arXiv 2502.02013; github.com/OFSkean/information_flow, experiments/utils/metrics/metric_functions.py; \
    github.com/uk-cliplab/representation-itl, src/repitl/matrix_itl.py
    """
  package let steps = """
    Centres the states over tokens and divides each row by its length in float32, forms ZᵀZ when \
    N > d and ZZᵀ otherwise, sets its negative elements to 0, divides it by its trace in float64, and \
    takes −Σ p ln p over its positive eigenvalues, renormalised: the limit of its ln(Σ p^α)/(1 − α), \
    which has no case for the default α = 1 in the versions at hand. Curvature is the mean arc cosine of |cos| between successive steps of the \
    centred unit rows. The code's own models run in float16, which is not repeated.
    """
  package let defects = [
    """
    Negative inner products are set to 0. They belong to the matrix: without them it is another one, \
    which need not be positive semidefinite, and whose negative eigenvalues are then dropped. H is too \
    large, by 0.03 to 0.34 nats on real states; two tokens have ln 2 instead of 0.
    """,
    """
    The shortcut for α = 2, on by default in some versions, divides ΣK² by n² instead of (tr K)². Of a matrix with trace one the \
    entropy comes out too large by 2 ln n, n the smaller of N and d.
    """,
    """
    An absolute value folds angles above a right one: steps that turn back by 2π/3, as those of \
    independent states do, count as π/3. A step between equal states counts as an angle of 0, fewer \
    than three tokens as a curvature of 0, and the step k that the function takes is not used.
    """,
    """
    One token has an entropy of 0: the only eigenvalue is NaN, and NaN is not positive. A token at the \
    mean makes the entropy NaN and stops the curvature; a denominator of ln 1 stops the code.
    """,
  ]

  package init() {}

  package func callAsFunction(_ states: MatrixView) -> [PublishedValue] {
    let z = SinglePrecision.directions(states)
    let paper = Corrected(states, .paper)
    return entropies(states, SkeanKernel(z), paper) + curvatures(states, z, paper)
  }

  private func entropies(
    _ states: MatrixView, _ kernel: SkeanKernel, _ paper: Corrected
  ) -> [PublishedValue] {
    let (n, d) = (states.rows, states.columns)
    let h = kernel.entropy
    return [
      paper.value("skean-entropy", "Entropy", of: VonNeumannEntropy()) { h },
      paper.value(
        "skean-entropy-per-log-rank", "Entropy, 'maxEntropy'", of: EntropyPerLogRank()
      ) { () throws(PublishedFailure) in
        try pythonRatio(h, min(pythonLog(n), pythonLog(d)))
      },
      paper.value("skean-entropy-per-log-tokens", "Entropy, 'logN'", of: EntropyPerLogTokens()) {
        () throws(PublishedFailure) in try pythonRatio(h, pythonLog(n))
      },
      paper.value("skean-entropy-per-log-width", "Entropy, 'logD'", of: EntropyPerLogWidth()) {
        () throws(PublishedFailure) in try pythonRatio(h, pythonLog(d))
      },
      paper.value("skean-entropy-per-both-logs", "Entropy, 'logNlogD'", of: EntropyPerBothLogs()) {
        () throws(PublishedFailure) in try pythonRatio(h, pythonLog(n) * pythonLog(d))
      },
      paper.value(
        "skean-length", "Entropy, 'length'", .one,
        n > 0 ? .success(Double(n)) : .failure(.noTokens),
        as: "the number of tokens, which this choice returns in the entropy's place"
      ) { Double(n) },
      paper.value(
        "skean-collision-entropy-shortcut", "Entropy of order 2, by its shortcut", .nats,
        paper.corrected(ParticipationRatio()).map(\.logarithm), as: "renyi-entropy of order 2"
      ) { kernel.shortcut },
    ]
  }

  private func curvatures(
    _ states: MatrixView, _ z: Matrix, _ paper: Corrected
  ) -> [PublishedValue] {
    let measure = Curvature()
    let corrected = paper.prepared.flatMap { prepared in
      Result { () throws(MissingReason) in try measure(Trajectory(prepared)) }
    }
    let folded = Result { () throws(PublishedFailure) in
      try SkeanCode.curvature(z.elements.map(Double.init), z.rows, z.columns)
    }
    let perLog = corrected.flatMap { angle -> Result<Double, MissingReason> in
      states.columns > 1
        ? .success(angle / Double(states.columns).logarithm) : .failure(.tooFew)
    }
    return [
      paper.value("skean-curvature", "Curvature", .radians, corrected, as: measure.id) {
        () throws(PublishedFailure) in try folded.get()
      },
      paper.value(
        "skean-curvature-per-log-width", "Curvature, 'logD'", .radians, perLog,
        as: "\(measure.id) / ln d"
      ) { () throws(PublishedFailure) in
        try pythonRatio(folded.get(), pythonLog(states.columns))
      },
    ]
  }

  /// The mean folded angle, in float64.
  private static func curvature(
    _ z: [Double], _ n: Int, _ d: Int
  ) throws(PublishedFailure) -> Double {
    guard n > 2 else { return 0 }
    let steps = (1..<n).map { t in (0..<d).map { z[t * d + $0] - z[(t - 1) * d + $0] } }
    let lengths = steps.map { dot($0, $0).squareRoot() }
    var sum = 0.0
    for t in 1..<steps.count where lengths[t] != 0 && lengths[t - 1] != 0 {
      let cosine = abs(dot(steps[t], steps[t - 1])) / (lengths[t] * lengths[t - 1])
      guard !cosine.isNaN else { throw .raises("Exception") }
      sum += acos(min(cosine, 1))
    }
    return sum / Double(n - 2)
  }
}
