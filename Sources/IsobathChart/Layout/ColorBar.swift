// SPDX-License-Identifier: GPL-3.0-or-later

/// The legend of a ramp: a bar with ticks beside the panels and, beneath it, what a hatched cell
/// means.
struct ColorBar: Sendable {
  private static let barWidth = 14.0
  private static let font = Font(size: 11, color: .grey)

  private let scale: ColorScale
  private let explainsMissing: Bool
  private let barHeight: Double
  private let title: TextBlock
  private let ticks: [(y: Double, label: String)]

  /// - Parameter widest: of the title's lines.
  init(_ scale: ColorScale, explainsMissing: Bool, height: Double, widest: Double) {
    self.scale = scale
    self.explainsMissing = explainsMissing
    barHeight = max(60, min(height, 240) - (explainsMissing ? 26 : 0))
    title = TextBlock(scale.axis.title, font: Font(size: 12), width: min(widest, 110))
    let bar = scale.bar(height: barHeight)
    ticks = bar.ticks.compactMap { tick in bar.scale(tick.value).map { ($0, tick.label) } }
  }

  var titleHeight: Double { title.height }

  /// From the panels' right edge.
  var width: Double {
    let labels = ticks.map { ColorBar.font.width($0.label) }.max() ?? 0
    let missing = explainsMissing ? ColorBar.font.width(ColorBar.missing) : 0
    return 18 + max(ColorBar.barWidth + 6 + max(labels, missing), title.width)
  }

  private static let missing = "no value"

  /// - Parameters:
  ///   - x: the panels' right edge.
  ///   - y: the top of the bar; the title stands above it.
  ///   - id: of the gradient.
  func draw(x: Double, y: Double, id: String, into svg: inout SVG) {
    let left = x + 18
    title.draw(x: left, y: y - title.height - 8, into: &svg)
    svg.group("linearGradient", ["id": id, "x1": "0", "y1": "1", "x2": "0", "y2": "0"]) { svg in
      for step in 0...16 {
        let level = Int((Double(step) / 16 * Double(ColorScale.levels - 1)).rounded())
        svg.element(
          "stop", ["offset": Double(step) / 16, "stop-color": scale.color(level: level)])
      }
    }
    svg.element(
      "rect",
      [
        "x": left, "y": y, "width": ColorBar.barWidth, "height": barHeight, "fill": "url(#\(id))",
      ])
    for tick in ticks {
      let end = left + ColorBar.barWidth
      svg.line(
        Point(x: end, y: y + tick.y), Point(x: end + 3, y: y + tick.y), color: .axis)
      svg.label(tick.label, x: end + 6, y: y + tick.y + 3.9, font: ColorBar.font)
    }
    if explainsMissing { drawMissing(left: left, top: y + barHeight + 12, into: &svg) }
  }

  private func drawMissing(left: Double, top: Double, into svg: inout SVG) {
    let size = ColorBar.barWidth
    svg.element(
      "rect", ["x": left, "y": top, "width": size, "height": size, "fill": Color.absent])
    svg.line(
      Point(x: left, y: top + size), Point(x: left + size, y: top), color: .axis, width: 0.7)
    svg.label(ColorBar.missing, x: left + size + 6, y: top + 11, font: ColorBar.font)
  }
}
