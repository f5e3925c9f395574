// SPDX-License-Identifier: GPL-3.0-or-later

/// A continuous scale and its ticks.
struct FittedNumbers: Sendable {
  let scale: ContinuousScale
  let ticks: [Tick]
  /// Lighter lines without labels, between the decades.
  let minor: [Double]
}

/// The fitting of a linear or logarithmic axis: its ends in transformed units, then its ticks.
struct ContinuousAxis: Sendable {
  let axis: Axis
  let transform: Transform
  let domain: Domain

  /// The fit with the most ticks whose labels leave each other alone.
  func fitted(along side: Side) -> FittedNumbers {
    for count in side.counts {
      let axis = fitted(along: side, count: count)
      if side.fits(axis.ticks, axis.scale) { return axis }
    }
    let last = fitted(along: side, count: 1)
    if side.fits(last.ticks, last.scale) { return last }
    return FittedNumbers(scale: last.scale, ticks: Array(last.ticks.prefix(1)), minor: last.minor)
  }

  private func fitted(along side: Side, count: Int) -> FittedNumbers {
    let mayReachOut = side.isNice && axis.scale.domain == nil && !domain.holdsCells
    var ends = self.ends
    let values: [Double]
    let labels: [String]
    switch transform {
    case .identity:
      var step = Ticks.step(span: ends.high - ends.low, count: count)
      if domain.isWhole && axis.scale.domain == nil { step = max(step, 1) }
      if mayReachOut { ends = ends.reachingOut(to: step) }
      values = axis.ticks ?? Ticks.multiples(of: step, from: ends.low, to: ends.high)
      labels = Ticks.labels(values, step: step, format: axis.format)
    case .logarithm:
      let ticks = LogTicks(ends: ends, values: positive, count: count)
      if mayReachOut { ends = ticks.reachingOut }
      values = axis.ticks ?? ticks.values(within: ends)
      labels = ticks.labels(values, format: axis.format)
    }
    let scale = scale(ends, along: side)
    let ticks = zip(values, labels).map { Tick(value: .number($0), label: $1) }
    return FittedNumbers(
      scale: scale, ticks: ticks.filter { ends.hold($0.value.number.flatMap { transform($0) }) },
      minor: transform == .logarithm ? LogTicks.minor(within: ends) : [])
  }

  private func scale(_ ends: Ends, along side: Side) -> ContinuousScale {
    let sign: Double = side.end > side.start ? 1 : -1
    let inset = domain.holdsCells || domain.holdsSlots ? 0 : side.inset * sign
    return ContinuousScale(
      transform: transform, low: ends.low, high: ends.high, start: side.start + inset,
      end: side.end - inset)
  }

  /// The least and greatest value that can be placed.
  private var positive: ClosedRange<Double> {
    if let range = axis.scale.domain { return range }
    let numbers = (domain.numbers + axis.scale.including).filter { transform($0) != nil }
    guard let low = numbers.min(), let high = numbers.max() else {
      return transform == .logarithm ? 1...10 : 0...1
    }
    return low...high
  }

  /// The axis' ends; a single value gets room on both sides.
  private var ends: Ends {
    let range = positive
    guard let low = transform(range.lowerBound), let high = transform(range.upperBound) else {
      return Ends(low: 0, high: 1)
    }
    let ends = slotEnds ?? Ends(low: low, high: high)
    let size = max(abs(low), abs(high))
    let length = ends.high - ends.low
    if length > size * 1e-10 && length > 1e-290 { return ends }
    if transform == .logarithm { return Ends(low: low - 0.3, high: high + 0.3) }
    let room = size < 1e-280 ? 1 : size * 0.05
    return Ends(low: low - room, high: high + room)
  }

  /// Half a cell or slot beyond the outermost centres, on the scale itself.
  private var slotEnds: Ends? {
    guard domain.holdsCells || domain.holdsSlots, axis.scale.domain == nil else { return nil }
    let places = Set(domain.numbers.compactMap { transform($0) }).sorted()
    guard places.count > 1 else { return nil }
    let last = places.count - 1
    return Ends(
      low: places[0] - (places[1] - places[0]) / 2,
      high: places[last] + (places[last] - places[last - 1]) / 2)
  }
}

/// The ends of a continuous scale, in transformed units.
struct Ends: Sendable {
  let low: Double
  let high: Double

  /// Out to the next multiples of a step.
  func reachingOut(to step: Double) -> Ends {
    Ends(
      low: (low / step + 1e-9).rounded(.down) * step,
      high: (high / step - 1e-9).rounded(.up) * step)
  }

  func hold(_ x: Double?) -> Bool {
    guard let x else { return false }
    let slack = (high - low) * 1e-9
    return x >= low - slack && x <= high + slack
  }
}
