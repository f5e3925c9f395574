// SPDX-License-Identifier: GPL-3.0-or-later

extension IntervalMethod {
  /// The interval's ends, nil when the distribution allows none.
  ///
  /// - BCa: the quantiles at Φ(z₀ + (z₀ + z_q)/(1 − a(z₀ + z_q))) for q = (1 ∓ level)/2, with z₀ =
  ///   Φ⁻¹(share below the estimate) and a from the jackknife. Efron & Tibshirani 1993, eq. 14.10.
  /// - percentile: the quantiles at q.
  /// - basic: twice the estimate less the opposite quantile.
  func endpoints(
    of distribution: Distribution, estimate: Double, jackknife: Jackknife, level: Double
  ) -> (low: Double, high: Double)? {
    guard estimate.isFinite, distribution.isFinite else { return nil }
    let tail = (1 - level) / 2
    switch self {
    case .percentile:
      return (distribution.quantile(tail), distribution.quantile(1 - tail))
    case .basic:
      let low = 2 * estimate - distribution.quantile(1 - tail)
      return (low, 2 * estimate - distribution.quantile(tail))
    case .bca:
      let bias = GSL.normalQuantile(distribution.share(below: estimate))
      let acceleration = jackknife.acceleration
      guard bias.isFinite, acceleration.isFinite else { return nil }
      let z = GSL.normalQuantile(tail)
      guard let low = Self.adjusted(z, bias: bias, acceleration: acceleration),
        let high = Self.adjusted(-z, bias: bias, acceleration: acceleration)
      else { return nil }
      return (distribution.quantile(low), distribution.quantile(high))
    }
  }

  /// The probability whose quantile BCa takes instead of Φ(z); nil past the formula's pole.
  private static func adjusted(_ z: Double, bias: Double, acceleration: Double) -> Double? {
    let shifted = bias + z
    let denominator = 1 - acceleration * shifted
    guard denominator > 0 else { return nil }
    return GSL.normalProbability(bias + shifted / denominator)
  }
}

/// The values of a statistic with each unit left out in turn.
struct Jackknife {
  let values: [Double]

  /// a = Σ U³ / (6 (Σ U²)^{3/2}), U = mean − value. Efron & Tibshirani 1993, eq. 14.15.
  /// NaN when all values are equal.
  var acceleration: Double {
    var total = 0.0
    for value in values { total += value }
    let mean = total / Double(values.count)
    var squares = 0.0
    var cubes = 0.0
    for value in values {
      let influence = mean - value
      squares += influence * influence
      cubes += influence * influence * influence
    }
    return cubes / (6 * squares * squares.squareRoot())
  }
}
