// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// A law of per-document values whose mean is known.
enum SimulatedLaw: String, Sendable, CaseIterable {
  /// N(0, 1).
  case normal
  /// exp N(0, 1): skewness 6.2.
  case lognormal
  /// Student's with 3 degrees of freedom: symmetric, its fourth moment infinite.
  case heavyTailed = "Student's t₃"
  /// 3.5 less an exponential: skewness −2, as entropies near their upper bound have it.
  case leftSkewed = "left-skewed"

  var mean: Double {
    switch self {
    case .normal, .heavyTailed: 0
    case .lognormal: exp(0.5)
    case .leftSkewed: 2.5
    }
  }

  func draw(_ stream: RandomStream) -> Double {
    switch self {
    case .normal: return stream.gaussian()
    case .lognormal: return exp(stream.gaussian())
    case .leftSkewed: return 3.5 + log(1 - stream.uniform())
    case .heavyTailed:
      let squares = (0..<3).reduce(0.0) { sum, _ in
        let z = stream.gaussian()
        return sum + z * z
      }
      return stream.gaussian() / (squares / 3).squareRoot()
    }
  }
}

extension Bootstrap {
  /// A bootstrap for one simulated sample: on one thread, as the samples share the cores.
  static func simulated(
    _ units: Units, _ method: IntervalMethod, count: Int, _ stream: RandomStream
  ) -> Bootstrap {
    Bootstrap(
      units: units, resamples: Resamples(documents: units.count, count: count, stream: stream),
      method: method, threads: 1)
  }

  /// The same resamples, another interval.
  func with(_ method: IntervalMethod) -> Bootstrap {
    Bootstrap(units: units, resamples: resamples, method: method, level: level, threads: threads)
  }
}
