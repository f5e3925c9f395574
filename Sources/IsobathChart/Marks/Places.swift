// SPDX-License-Identifier: GPL-3.0-or-later

/// The room that each value of a mark has for itself along one axis, shared among the series that
/// meet there so that they stand side by side.
struct Slots: Sendable {
  private let scale: any PositionScale
  private let order: [Value: Int]
  /// How many series meet at one value.
  private let share: Double
  /// The room of a number: the smallest gap between two of them, in px.
  private let gap: Double
  private let dividesGaps: Bool

  /// - Parameters:
  ///   - values: of every row, along this axis.
  ///   - dividesGaps: whether series share the room of numbers too, as boxes must.
  init(
    _ scale: any PositionScale, values: [Value], series: [Group], in frame: Frame,
    dividesGaps: Bool
  ) {
    self.scale = scale
    self.dividesGaps = dividesGaps
    let keys = series.map(\.key)
    let ranked = frame.series.names.map { Value.name($0) }.filter { keys.contains($0) }
    let ordered = ranked + keys.filter { !ranked.contains($0) }
    order = Dictionary(uniqueKeysWithValues: ordered.enumerated().map { ($1, $0) })
    var met = Set<Value>()
    let meets = series.contains { group in
      Set(group.rows.map { values[$0] }).contains { $0 != .missing && !met.insert($0).inserted }
    }
    share = meets ? Double(max(1, keys.count)) : 1
    let places = Set(values.filter { scale.room($0) == 0 }.compactMap { scale($0) }).sorted()
    let gaps = zip(places.dropFirst(), places).map { $0 - $1 }
    gap = min(gaps.min() ?? 56, 56)
  }

  /// Centre and width of a value's slot for one series.
  func slot(_ value: Value, series: Value) -> (centre: Double, width: Double)? {
    guard let centre = scale(value) else { return nil }
    let room = scale.room(value)
    if room == 0 && !dividesGaps { return (centre, gap * 0.84) }
    let whole = room == 0 ? gap : room
    let widest = scale is StopScale && room > 0 ? 13 : 76
    let width = min(whole * 0.84 / share, Double(widest))
    let place = share > 1 ? Double(order[series] ?? 0) - (share - 1) / 2 : 0
    return (centre + place * width, width)
  }
}

/// Where the rows of a mark stand, upright or, when only the vertical axis has names, flat.
struct Places: Sendable {
  let isFlat: Bool
  private let slots: Slots
  private let frame: Frame

  init(x: [Value], y: [Value], series: [Group], in frame: Frame, dividesGaps: Bool = false) {
    self.frame = frame
    isFlat = liesFlat(x, y)
    slots = Slots(
      isFlat ? frame.y : frame.x, values: isFlat ? y : x, series: series, in: frame,
      dividesGaps: dividesGaps)
  }

  func point(_ x: Value, _ y: Value, series: Value) -> Point? {
    if isFlat {
      guard let slot = slots.slot(y, series: series), let x = frame.x(x) else { return nil }
      return Point(x: x, y: slot.centre)
    }
    guard let slot = slots.slot(x, series: series), let y = frame.y(y) else { return nil }
    return Point(x: slot.centre, y: y)
  }

  /// The slot on the axis along which marks stand side by side.
  func slot(_ x: Value, _ y: Value, series: Value) -> (centre: Double, width: Double)? {
    slots.slot(isFlat ? y : x, series: series)
  }

  /// The point `along` the measured axis and `across` it.
  func turned(along: Double, across: Double) -> Point {
    isFlat ? Point(x: along, y: across) : Point(x: across, y: along)
  }
}
