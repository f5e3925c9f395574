// SPDX-License-Identifier: GPL-3.0-or-later

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

  /// √((k − 1)/k Σ (value − mean)²), k values. Efron & Tibshirani 1993, eq. 11.5.
  ///
  /// - Parameter times: how often each value counts; once when nil.
  func standardError(times: [Double]? = nil) -> Double {
    let weights = times ?? [Double](repeating: 1, count: values.count)
    var (count, total, squares) = (0.0, 0.0, 0.0)
    for (value, weight) in zip(values, weights) {
      count += weight
      total += weight * value
    }
    let mean = total / count
    for (value, weight) in zip(values, weights) {
      squares += weight * (value - mean) * (value - mean)
    }
    return ((count - 1) / count * squares).squareRoot()
  }
}
