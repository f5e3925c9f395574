// SPDX-License-Identifier: GPL-3.0-or-later

/// What colours stand for: a chart author's wishes.
package struct ColorAxis: Sendable {
  package var label: String
  package var unit: String
  package var scale: Scale
  package var ramp: Ramp
  /// The value in the middle of a diverging ramp, which then reaches equally far to both sides.
  package var middle: Double?
  package var format: NumberFormat

  package init(
    _ label: String = "", unit: String = "", scale: Scale = .linear, ramp: Ramp = .cividis,
    format: NumberFormat = .automatic
  ) {
    self.init(label, unit: unit, scale: scale, ramp: ramp, middle: nil, format: format)
  }

  /// For signed differences: blue below `middle`, vermillion above.
  package static func diverging(
    _ label: String, unit: String = "", around middle: Double = 0,
    format: NumberFormat = .automatic
  ) -> ColorAxis {
    ColorAxis(label, unit: unit, scale: .linear, ramp: .diverging, middle: middle, format: format)
  }

  private init(
    _ label: String, unit: String, scale: Scale, ramp: Ramp, middle: Double?, format: NumberFormat
  ) {
    self.label = label
    self.unit = unit
    self.scale = scale
    self.ramp = ramp
    self.middle = middle
    self.format = format
  }

  var title: String { Axis(label, unit: unit).title }
}

/// From a number to one of the ramp's levels.
package struct ColorScale: Sendable {
  /// Fewer elements in the file, and no step that an eye could see.
  static let levels = 64

  let axis: ColorAxis
  let domain: Domain
  private let places: ContinuousScale
  /// Lines on white paper leave out the ramp's palest end.
  let reach: Double
  private let isForLines: Bool

  init(_ axis: ColorAxis, domain: Domain, forLines: Bool) {
    self.axis = axis
    self.domain = axis.middle.map { ColorScale.balanced(domain, around: $0) } ?? domain
    reach = forLines ? ColorScale.lineReach : 1
    isForLines = forLines
    places = ColorScale.fitted(axis, self.domain, start: 0, end: 1).scale
  }

  func color(_ number: Double) -> Color { color(level: level(number) ?? 0) }

  /// 0 to 63; `nil` where a logarithmic scale has no place.
  func level(_ number: Double) -> Int? {
    places(.number(number)).map { place in
      Int((min(max(place, 0), 1) * Double(ColorScale.levels - 1)).rounded())
    }
  }

  func color(level: Int) -> Color {
    let color = axis.ramp(Double(level) / Double(ColorScale.levels - 1) * reach)
    guard isForLines, let role = axis.ramp.lineRole else { return color }
    return Color(color, role: "\(role)-\(level)")
  }

  static let lineReach = 0.86

  /// Scale and ticks of a colour bar of this height, downward.
  func bar(height: Double) -> (scale: ContinuousScale, ticks: [Tick]) {
    let fitted = ColorScale.fitted(axis, domain, start: height, end: 0)
    return (fitted.scale, fitted.ticks)
  }

  private static func fitted(
    _ axis: ColorAxis, _ domain: Domain, start: Double, end: Double
  ) -> (scale: ContinuousScale, ticks: [Tick]) {
    let length = abs(end - start)
    let counts = Array(max(2, Int(length / 28))...max(3, Int(length / 14)))
    let transform: Transform = axis.scale.kind == .logarithmic ? .logarithm : .identity
    var numbers = domain
    numbers.holdsCells = false
    numbers.holdsSlots = false
    let position = Axis("", scale: axis.scale, format: axis.format)
    let axis = ContinuousAxis(axis: position, transform: transform, domain: numbers)
    // Three ticks make a scale readable; where they would meet, fewer must do.
    let best = axis.fitted(
      along: Side(
        start: start, end: end, counts: counts,
        fits: { $0.count > 2 && YLabels.fit($0, $1) }))
    if best.ticks.count > 2 { return (best.scale, best.ticks) }
    let fewer = axis.fitted(
      along: Side(start: start, end: end, counts: counts.reversed(), fits: YLabels.fit))
    return (fewer.scale, fewer.ticks)
  }

  private static func balanced(_ domain: Domain, around middle: Double) -> Domain {
    let reach = domain.numbers.map { abs($0 - middle) }.max() ?? 1
    var balanced = Domain()
    balanced.add([.number(middle - reach), .number(middle + reach)])
    return balanced
  }
}
