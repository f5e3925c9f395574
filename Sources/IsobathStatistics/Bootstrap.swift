// SPDX-License-Identifier: GPL-3.0-or-later

/// A bootstrap over documents: what is drawn, how often, and which interval comes of it.
///
/// Everything asked of one `Bootstrap` sees the same resamples, so that differences between
/// sites, orders and models are paired.
package struct Bootstrap: Sendable {
  package let units: Units
  package let resamples: Resamples
  package let method: IntervalMethod
  package let level: Double
  /// Threads at work; 0 means all cores. No result depends on it.
  package let threads: Int

  package init(
    units: Units, resamples: Resamples, method: IntervalMethod = .bca, level: Double = 0.95,
    threads: Int = 0
  ) {
    precondition(
      resamples.units == units.count,
      "resamples of \(resamples.units) units cannot serve \(units.count)")
    precondition(level > 0 && level < 1, "a level lies between 0 and 1, not at \(level)")
    self.units = units
    self.resamples = resamples
    self.method = method
    self.level = level
    self.threads = threads
  }

  /// The interval, or the missing one, that can be told before resampling; nil when neither.
  func settled(_ values: [Double], estimate: (_ values: [Double]) -> Double) -> Interval? {
    precondition(
      values.count == units.documents,
      "\(values.count) values for \(units.documents) documents")
    guard let least = values.min(), let most = values.max() else {
      return interval(nil, nil, remark: .noValues)
    }
    if let index = values.firstIndex(where: { !$0.isFinite }) {
      return interval(nil, nil, remark: .notFinite(index: index))
    }
    let remark: IntervalRemark
    if units.count == 1 {
      remark = .oneUnit(units.kind)
    } else if most - least <= Distribution.rounding * max(abs(least), abs(most)) {
      remark = .allEqual(n: values.count)
    } else {
      return nil
    }
    let estimate = estimate(values)
    guard estimate.isFinite else { return interval(nil, nil, remark: .degenerate) }
    return interval(estimate, nil, remark: remark)
  }

  /// The interval that a bootstrap distribution gives.
  func interval(
    _ estimate: Double, from distribution: Distribution,
    standardError: @autoclosure () -> Double, jackknife: @autoclosure () -> Jackknife
  ) -> Interval {
    guard
      let ends = method.endpoints(
        of: distribution, estimate: estimate, standardError: standardError(),
        jackknife: jackknife(), level: level)
    else {
      return interval(estimate.isFinite ? estimate : nil, nil, remark: .degenerate)
    }
    let few = units.count < IntervalRemark.few
    return interval(estimate, ends, remark: few ? .fewUnits(units.count, units.kind) : nil)
  }

  /// An interval of known ends, or a missing one.
  func interval(
    _ estimate: Double?, _ ends: (low: Double, high: Double)?, method: IntervalMethod? = nil,
    remark: IntervalRemark?
  ) -> Interval {
    Interval(
      estimate: estimate, low: ends?.low, high: ends?.high, level: level, n: units.documents,
      unit: units.kind, units: units.count, method: method ?? self.method, remark: remark)
  }
}
