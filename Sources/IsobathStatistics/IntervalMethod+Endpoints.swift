// SPDX-License-Identifier: GPL-3.0-or-later

extension IntervalMethod {
  /// The interval's ends, nil when the distribution allows none.
  ///
  /// - BCa: the quantiles at Φ(z₀ + (z₀ + z_q)/(1 − a(z₀ + z_q))) for q = (1 ∓ level)/2, with z₀ =
  ///   Φ⁻¹(share below the estimate) and a from the jackknife. Efron & Tibshirani 1993, eq. 14.10.
  /// - percentile: the quantiles at q.
  /// - basic: twice the estimate less the opposite quantile.
  /// - studentised: the estimate less se times the opposite quantile of the deviates.
  ///
  /// - Parameters:
  ///   - distribution: the statistic of every resample; for studentised its deviate
  ///     (θ* − θ̂)/se*, infinite where a resample has no spread of its own.
  ///   - standardError: of the estimate, by the formula that gave se*; only studentised asks.
  ///   - jackknife: only BCa asks.
  func endpoints(
    of distribution: Distribution, estimate: Double,
    standardError: @autoclosure () -> Double, jackknife: @autoclosure () -> Jackknife,
    level: Double
  ) -> (low: Double, high: Double)? {
    let tail = (1 - level) / 2
    guard estimate.isFinite, self == .studentised ? !distribution.hasNaN : distribution.isFinite
    else { return nil }
    switch self {
    case .percentile:
      return (distribution.quantile(tail), distribution.quantile(1 - tail))
    case .basic:
      let low = 2 * estimate - distribution.quantile(1 - tail)
      return (low, 2 * estimate - distribution.quantile(tail))
    case .studentised:
      let error = standardError()
      let low = estimate - error * distribution.quantile(1 - tail)
      let high = estimate - error * distribution.quantile(tail)
      return error > 0 && low.isFinite && high.isFinite ? (low, high) : nil
    case .bca:
      return Self.corrected(distribution, estimate, jackknife().acceleration, tail: tail)
    }
  }

  /// The ends of BCa; nil when z₀ or a is not finite.
  private static func corrected(
    _ distribution: Distribution, _ estimate: Double, _ acceleration: Double, tail: Double
  ) -> (low: Double, high: Double)? {
    let bias = GSL.normalQuantile(distribution.share(below: estimate))
    guard bias.isFinite, acceleration.isFinite else { return nil }
    let z = GSL.normalQuantile(tail)
    guard let low = adjusted(z, bias: bias, acceleration: acceleration),
      let high = adjusted(-z, bias: bias, acceleration: acceleration)
    else { return nil }
    return (distribution.quantile(low), distribution.quantile(high))
  }

  /// The probability whose quantile BCa takes instead of Φ(z); nil past the formula's pole.
  private static func adjusted(_ z: Double, bias: Double, acceleration: Double) -> Double? {
    let shifted = bias + z
    let denominator = 1 - acceleration * shifted
    guard denominator > 0 else { return nil }
    return GSL.normalProbability(bias + shifted / denominator)
  }
}
