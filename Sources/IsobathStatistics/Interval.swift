// SPDX-License-Identifier: GPL-3.0-or-later

/// An estimate with its confidence interval, or the reason why it has none.
package struct Interval: Sendable, Equatable {
  package let estimate: Double?
  package let low: Double?
  package let high: Double?
  /// The nominal coverage, such as 0.95.
  package let level: Double
  /// How many documents the estimate rests on.
  package let n: Int
  /// What was resampled, and how many of them there are.
  package let unit: ResampledUnit
  package let units: Int
  package let method: IntervalMethod
  package let remark: IntervalRemark?

  /// The remark as a reader sees it; empty when there is none.
  package var note: String { remark?.description ?? "" }
}

/// How a bootstrap distribution becomes an interval.
package enum IntervalMethod: String, Sendable, CaseIterable {
  /// Bias-corrected and accelerated. Efron, JASA 82 (1987).
  case bca
  /// The distribution's own quantiles.
  case percentile
  /// The same, mirrored at the estimate.
  case basic
  /// Bootstrap-t: each resample's deviation divided by its own standard error. Efron & Tibshirani
  /// 1993, §12.5.
  case studentised

  /// Its name in texts.
  package var title: String {
    switch self {
    case .bca: "BCa"
    case .percentile, .basic: rawValue
    case .studentised: "bootstrap-t"
    }
  }
}

/// What is resampled.
package enum ResampledUnit: String, Sendable {
  case document
  case source
}

/// Why an interval is missing, or what to know about it.
package enum IntervalRemark: Sendable, Equatable {
  /// There is nothing to average: no estimate.
  case noValues
  /// A value is NaN or infinite and must be treated as missing first: no estimate.
  case notFinite(index: Int)
  /// One unit cannot be resampled: no interval.
  case oneUnit(ResampledUnit)
  /// All values are the same, up to rounding, so that resampling says nothing about the spread: no interval.
  case allEqual(n: Int)
  /// The bootstrap distribution lies on one side of the estimate or is not finite: no interval.
  case degenerate
  /// An interval from so few units covers less often than it says.
  case fewUnits(Int, ResampledUnit)
}

extension IntervalRemark: CustomStringConvertible {
  /// Fewer units than this get a remark.
  package static let few = 15

  package var description: String {
    switch self {
    case .noValues: "no document has a value"
    case .notFinite(let index): "the value at index \(index) is not finite"
    case .oneUnit(let unit): "no interval: one \(unit.rawValue) cannot be resampled"
    case .allEqual(let n): "no interval: all \(n) values are equal"
    case .degenerate: "no interval: the bootstrap distribution is degenerate"
    case .fewUnits(_, let unit): "fewer than \(Self.few) \(unit.rawValue)s"
    }
  }
}
