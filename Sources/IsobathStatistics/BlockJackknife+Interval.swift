// SPDX-License-Identifier: GPL-3.0-or-later

extension BlockJackknife {
  /// The statistic with its jackknife bias, standard error and t interval.
  ///
  /// With n items in g blocks of m_j, h_j = n/m_j and θ_(j) the statistic without block j: the
  /// corrected value is θ_J = gθ̂ − Σ (1 − m_j/n) θ_(j), and se² = (1/g) Σ (τ_j − θ_J)²/(h_j − 1)
  /// with τ_j = h_j θ̂ − (h_j − 1) θ_(j). Busing, Meijer & van der Leeden, Statistics and Computing
  /// 9 (1999); for blocks of one size it is √((g − 1)/g Σ (θ_(j) − mean)²). The interval is
  /// centre ± se · t_{g−1}.
  ///
  /// - Parameters:
  ///   - centre: what the interval lies around, such as a value corrected for bias; θ̂ when nil.
  ///   - level: the nominal coverage.
  ///   - statistic: the statistic without one block, or of all items for nil; called once each.
  package func interval<Failure: Error>(
    around centre: Double? = nil, level: Double = 0.95,
    _ statistic: (_ without: Int?) throws(Failure) -> Double
  ) throws(Failure) -> JackknifeInterval {
    precondition(level > 0 && level < 1, "a level lies between 0 and 1, not at \(level)")
    guard !blocks.isEmpty else { return result(nil, level: level, remark: .noItems) }
    let whole = try statistic(nil)
    guard whole.isFinite, centre?.isFinite ?? true else {
      return result(nil, level: level, remark: .notFinite(block: nil))
    }
    let middle = centre ?? whole
    guard blocks.count > 1 else { return result(middle, level: level, remark: .oneBlock) }
    var without: [Double] = []
    for block in blocks.indices {
      let value = try statistic(block)
      guard value.isFinite else {
        return result(middle, level: level, remark: .notFinite(block: block))
      }
      without.append(value)
    }
    return interval(around: middle, level: level, whole: whole, without: without)
  }

  private func interval(
    around middle: Double, level: Double, whole: Double, without: [Double]
  ) -> JackknifeInterval {
    let size = without.reduce(abs(whole)) { max($0, abs($1)) }
    guard without.contains(where: { abs($0 - whole) > Distribution.rounding * size }) else {
      return result(
        middle, level: level, bias: 0, remark: .noSpread(blocks: blocks.count))
    }
    let (n, g) = (Double(items), Double(blocks.count))
    // Deviations from θ̂ keep the digits: θ_J − θ̂ = −Σ (1 − m_j/n)(θ_(j) − θ̂) when Σ m_j = n.
    let moved = without.map { $0 - whole }
    let sizes = blocks.map { Double($0.count) }
    let correction = -zip(sizes, moved).reduce(0) { $0 + (1 - $1.0 / n) * $1.1 }
    let variance = zip(sizes, moved).reduce(0) { sum, block in
      let odds = n / block.0 - 1
      let deviation = -odds * block.1 - correction
      return sum + deviation * deviation / odds
    }
    let error = (variance / g).squareRoot()
    let reach = error * GSL.studentQuantile(1 - (1 - level) / 2, degrees: g - 1)
    let few = blocks.count < Self.usual.lowerBound
    return result(
      middle, level: level, bias: -correction, error: error, reach: reach,
      remark: few ? .fewBlocks(blocks.count) : nil)
  }

  private func result(
    _ estimate: Double?, level: Double, bias: Double? = nil, error: Double? = nil,
    reach: Double? = nil, remark: JackknifeRemark?
  ) -> JackknifeInterval {
    var (low, high): (Double?, Double?) = (nil, nil)
    if let estimate, let reach { (low, high) = (estimate - reach, estimate + reach) }
    return JackknifeInterval(
      estimate: estimate, bias: bias, standardError: error, low: low, high: high, level: level,
      items: items, blocks: blocks.count, remark: remark)
  }
}
