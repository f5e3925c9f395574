// SPDX-License-Identifier: GPL-3.0-or-later

/// An axis once the data and the room are known: its scale and its ticks.
struct FittedAxis: Sendable {
  let scale: any PositionScale
  let ticks: [Tick]
  /// Lighter lines without labels, between the decades.
  let minor: [Double]
  let isBand: Bool
}

/// The side of a panel that an axis fits: where it starts and ends, and how many labels it takes.
struct Side: Sendable {
  let start: Double
  let end: Double
  /// Numbers of ticks to try, most first.
  let counts: [Int]
  /// Free room at both ends of a continuous scale, in px.
  var inset = 0.0
  /// Whether a continuous scale reaches out to its next round number.
  var isNice = false
  /// The room of one named stop.
  var stop = 64.0
  /// Whether the labels of these ticks leave each other alone.
  let fits: @Sendable ([Tick], any PositionScale) -> Bool

  /// The same side, shortened for stops at its end.
  func shortened(
    by length: Double, fits: @escaping @Sendable ([Tick], any PositionScale) -> Bool
  ) -> Side {
    Side(
      start: start, end: end - (end > start ? length : -length), counts: counts, inset: inset,
      isNice: isNice, stop: stop, fits: fits)
  }
}

extension Axis {
  /// The axis fitted to what the marks hold.
  func fitted(to domain: Domain, along side: Side) -> FittedAxis {
    let side =
      isReversed
      ? Side(
        start: side.end, end: side.start, counts: side.counts, inset: side.inset,
        isNice: side.isNice, stop: side.stop, fits: side.fits) : side
    switch scale.kind {
    case .band: return bands(domain, side)
    case .automatic where domain.numbers.isEmpty && !domain.names.isEmpty:
      return bands(domain, side)
    case .automatic, .linear: return continuous(.identity, domain, side)
    case .logarithmic: return continuous(.logarithm, domain, side)
    }
  }

  /// Names follow each other in reading order: to the right, or downward.
  private func bands(_ domain: Domain, _ side: Side) -> FittedAxis {
    var known = Set<String>()
    let names = (scale.names + domain.names).filter { known.insert($0).inserted }
    let isUpright = (side.end < side.start) != isReversed
    let bands = BandScale(
      names: names, start: isUpright ? side.end : side.start,
      end: isUpright ? side.start : side.end)
    let ticks = names.map { Tick(value: .name($0), label: printable($0)) }
    return FittedAxis(
      scale: bands, ticks: thinned(ticks, bands, side), minor: [], isBand: true)
  }

  /// Labels that are numbers, such as layers, may be left out in turn; names may not.
  private func thinned(_ ticks: [Tick], _ scale: any PositionScale, _ side: Side) -> [Tick] {
    let isNumber = ticks.map { Double($0.label) != nil }
    for every in [1, 2, 4, 5, 10, 20, 50, 100, 200, 500] {
      var count = -1
      let kept = zip(ticks, isNumber).filter { tick, isNumber in
        if isNumber { count += 1 }
        return !isNumber || count.isMultiple(of: every)
      }.map { $0.0 }
      if side.fits(kept, scale) { return kept }
    }
    return ticks
  }

  private func continuous(_ transform: Transform, _ domain: Domain, _ side: Side) -> FittedAxis {
    let stops = domain.names
    let axis = ContinuousAxis(axis: self, transform: transform, domain: domain)
    guard !stops.isEmpty else {
      let base = axis.fitted(along: side)
      return FittedAxis(scale: base.scale, ticks: base.ticks, minor: base.minor, isBand: false)
    }
    let length = min(Double(stops.count) * side.stop, 0.7 * abs(side.end - side.start))
    let first = side.end > side.start ? side.end - length : side.end + length
    let bands = BandScale(names: stops, start: first, end: side.end)
    let named = stops.map { Tick(value: .name($0), label: printable($0)) }
    let inner = side.shortened(by: length + 10) { ticks, scale in
      guard let numbers = scale as? ContinuousScale else { return false }
      return side.fits(ticks + named, StopScale(numbers: numbers, stops: bands))
    }
    let base = axis.fitted(along: inner)
    return FittedAxis(
      scale: StopScale(numbers: base.scale, stops: bands), ticks: base.ticks + named,
      minor: base.minor, isBand: false)
  }
}
