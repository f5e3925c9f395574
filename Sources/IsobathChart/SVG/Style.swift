// SPDX-License-Identifier: GPL-3.0-or-later

/// How a line is broken: the cue beside its colour.
package enum Dash: String, Sendable, CaseIterable {
  case solid = ""
  case dashed = "6 3"
  case dotted = "1.5 2.5"
  case dashDot = "8 3 2 3"
  case long = "12 4"
  case dashDotDot = "8 3 2 3 2 3"

  var attribute: String? { self == .solid ? nil : rawValue }
}

/// What a mark fixes about its looks; what it leaves open follows from its series.
package struct Style: Sendable {
  package var color: Color?
  package var dash: Dash?
  package var marker: Marker?
  /// Stroke width, or a marker's size, in px.
  package var width: Double?

  package init(
    color: Color? = nil, dash: Dash? = nil, marker: Marker? = nil, width: Double? = nil
  ) {
    self.color = color
    self.dash = dash
    self.marker = marker
    self.width = width
  }

  package static let standard = Style()
  /// What data are compared with: grey, dashed, thin.
  package static let reference = Style(color: .reference, dash: .dashed, width: 1.3)
}

/// Looks with nothing left open.
struct Look: Sendable, Equatable {
  var color: Color
  var dash: Dash
  var marker: Marker
}
