// SPDX-License-Identifier: GPL-3.0-or-later

/// A line across the whole panel at one value: what chance gives, where a range begins.
package struct Rule: Mark {
  private let value: Value
  private let isVertical: Bool
  private let label: String
  private let style: Style

  /// A horizontal line; its label stands beside the panel, or above the line within.
  package init(y: any ChannelValue, _ label: String = "", style: Style = .reference) {
    value = y.channelValue
    isVertical = false
    self.label = label
    self.style = style
  }

  /// A vertical line, its label at the top.
  package init(x: any ChannelValue, _ label: String = "", style: Style = .reference) {
    value = x.channelValue
    isVertical = true
    self.label = label
    self.style = style
  }

  package func train(_ training: inout Training) {
    if isVertical { training.x.add(value) } else { training.y.add(value) }
  }

  package func draw(in frame: Frame, into svg: inout SVG) {
    guard let place = isVertical ? frame.x(value) : frame.y(value) else { return }
    let from = isVertical ? Point(x: place, y: 0) : Point(x: 0, y: place)
    let to = isVertical ? Point(x: place, y: frame.height) : Point(x: frame.width, y: place)
    guard frame.holds(from) else { return }
    svg.line(from, to, color: look.color, width: width, dash: look.dash.attribute)
    guard !label.isEmpty else { return }
    if isVertical {
      labelBeside(place, in: frame, into: &svg)
    } else if !frame.namesEnds {
      labelAbove(place, in: frame, into: &svg)
    }
  }

  package func ends(in frame: Frame) -> [EndLabel] {
    guard !isVertical, !label.isEmpty, let y = frame.y(value), frame.holds(Point(x: 0, y: y))
    else { return [] }
    return [EndLabel(label: label, y: y, look: look, width: width)]
  }

  private var look: Look {
    Look(
      color: style.color ?? .reference, dash: style.dash ?? .dashed,
      marker: style.marker ?? .circle)
  }

  private var width: Double { style.width ?? 1.3 }

  private var font: Font { Font(size: 11, color: .grey) }

  private func labelAbove(_ y: Double, in frame: Frame, into svg: inout SVG) {
    let baseline = y >= 17 ? y - 5 : y + 14
    let text = font.fitted(label, to: frame.width - 8)
    svg.haloed(text, x: frame.width - 4, y: baseline, font: font, anchor: .end)
  }

  private func labelBeside(_ x: Double, in frame: Frame, into svg: inout SVG) {
    let isRight = frame.width - x >= x
    let room = (isRight ? frame.width - x : x) - 8
    svg.haloed(
      font.fitted(label, to: room), x: isRight ? x + 5 : x - 5, y: 12, font: font,
      anchor: isRight ? .start : .end)
  }
}
