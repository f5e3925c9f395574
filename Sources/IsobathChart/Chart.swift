// SPDX-License-Identifier: GPL-3.0-or-later

/// A figure: rows become channels, channels scales, scales and marks SVG text.
///
/// ```swift
/// Chart(
///   "Entropy falls in the middle of the network", description: "…",
///   x: Axis("Relative depth"), y: Axis("Matrix entropy", unit: "nats")
/// ) {
///   Band(rows, x: \.depth, low: \.low, high: \.high, series: \.model, name: "95 % interval")
///   Line(rows, x: \.depth, y: \.estimate, series: \.model)
///   Rule(y: 4.9, "chance")
/// }.svg
/// ```
///
/// The same chart gives the same bytes on every machine. Text is measured with a table of widths,
/// never shorter than 11 px, and always escaped.
package struct Chart: Sendable {
  /// Where series are named.
  package enum Legend: Sendable {
    /// At the lines' ends when there is one panel and room, else above the panels.
    case automatic
    case above
    case none
  }

  package var title: String
  package var subtitle: String
  package var caption: String
  /// What the figure shows, for readers who cannot see it.
  package var description: String
  package var x: Axis
  package var y: Axis
  package var color: ColorAxis
  /// Series that come first, in this order, so that each keeps its colour between charts.
  package var order: [String]
  package var legend: Legend
  package var width: Double
  /// Of each panel; by default from what it holds.
  package var panelHeight: Double?
  /// Panels in a row; by default one to three.
  package var columns: Int?
  /// Whether all panels have one vertical scale.
  package var sharesY: Bool
  package var panels: [Panel]

  /// A figure of several panels.
  package init(
    _ title: String, subtitle: String = "", caption: String = "", description: String, x: Axis,
    y: Axis, color: ColorAxis = ColorAxis(), order: [String] = [], legend: Legend = .automatic,
    width: Double = 760, panelHeight: Double? = nil, columns: Int? = nil, sharesY: Bool = true,
    panels: [Panel]
  ) {
    precondition(width >= 240 && width <= 4000, "a chart \(width) px wide")
    precondition(columns.map { $0 > 0 } ?? true, "a figure without columns")
    self.title = title
    self.subtitle = subtitle
    self.caption = caption
    self.description = description
    self.x = x
    self.y = y
    self.color = color
    self.order = order
    self.legend = legend
    self.width = width
    self.panelHeight = panelHeight
    self.columns = columns
    self.sharesY = sharesY
    self.panels = panels
  }

  /// A figure of one panel.
  package init(
    _ title: String, subtitle: String = "", caption: String = "", description: String, x: Axis,
    y: Axis, color: ColorAxis = ColorAxis(), order: [String] = [], legend: Legend = .automatic,
    width: Double = 760, panelHeight: Double? = nil, @MarkBuilder marks: () -> [any Mark]
  ) {
    self.init(
      title, subtitle: subtitle, caption: caption, description: description, x: x, y: y,
      color: color, order: order, legend: legend, width: width, panelHeight: panelHeight,
      panels: [Panel(marks: marks)])
  }
}
