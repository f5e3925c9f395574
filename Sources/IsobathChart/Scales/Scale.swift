// SPDX-License-Identifier: GPL-3.0-or-later

/// How an axis maps values to places: what a chart's author asks for, before the data are seen.
package struct Scale: Sendable {
  enum Kind: Sendable {
    case automatic
    case linear
    case logarithmic
    case band
  }

  let kind: Kind
  private(set) var domain: ClosedRange<Double>?
  private(set) var including: [Double] = []
  private(set) var names: [String] = []

  private init(_ kind: Kind, names: [String] = []) {
    self.kind = kind
    self.names = names
  }

  /// Linear, or bands when the channel holds names only.
  package static let automatic = Scale(.automatic)
  package static let linear = Scale(.linear)
  /// Values that are not positive cannot be placed; the chart says how many.
  package static let log = Scale(.logarithmic)
  package static let band = Scale(.band)

  /// Bands in this order, first; names that turn up later follow.
  package static func band(order: [String]) -> Scale { Scale(.band, names: order) }

  /// Exactly from one value to another; marks outside are cut off and the chart says how many.
  package func domain(_ domain: ClosedRange<Double>) -> Scale {
    precondition(domain.lowerBound < domain.upperBound, "an axis from \(domain) has no length")
    precondition(
      kind != .logarithmic || domain.lowerBound > 0,
      "a logarithmic axis cannot begin at \(domain.lowerBound)")
    precondition(
      abs(domain.lowerBound) <= 1e307 && abs(domain.upperBound) <= 1e307,
      "an axis from \(domain) is too long")
    var scale = self
    scale.domain = domain
    return scale
  }

  /// Reaches these values whatever the data.
  package func including(_ values: Double...) -> Scale {
    var scale = self
    scale.including += values
    return scale
  }
}

/// One axis of a chart.
package struct Axis: Sendable {
  package var label: String
  package var unit: String
  package var scale: Scale
  package var format: NumberFormat
  /// Where ticks stand, when not chosen by the scale.
  package var ticks: [Double]?
  /// Rising to the left, or downward.
  package var isReversed: Bool

  package init(
    _ label: String, unit: String = "", scale: Scale = .automatic,
    format: NumberFormat = .automatic, ticks: [Double]? = nil, isReversed: Bool = false
  ) {
    self.label = label
    self.unit = unit
    self.scale = scale
    self.format = format
    self.ticks = ticks
    self.isReversed = isReversed
  }

  /// The label with its unit: "Entropy (nats)".
  var title: String { unit.isEmpty ? label : label.isEmpty ? unit : "\(label) (\(unit))" }
}
