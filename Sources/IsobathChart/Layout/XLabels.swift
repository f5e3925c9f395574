// SPDX-License-Identifier: GPL-3.0-or-later

/// The labels beneath a horizontal axis: level, names on several lines where that helps, and tilted
/// where it does not.
struct XLabels: Sendable {
  private struct Label: Sendable {
    let x: Double
    let text: TextBlock
  }

  static let font = Font(size: 11, color: .grey)
  private static let tilt = 35.0
  /// cos and sin of the tilt.
  private static let (cosine, sine) = (0.819152, 0.573576)
  private static let longest = 170.0

  private let labels: [Label]
  private let isTilted: Bool
  let height: Double

  init(_ axis: FittedAxis) {
    let font = XLabels.font
    let placed = axis.ticks.compactMap { tick in
      axis.scale(tick.value).map { (tick: tick, x: $0, room: axis.scale.room(tick.value)) }
    }
    // Numbers are as wide as they are; a name has its own room, in which it may take three lines.
    isTilted =
      axis.isBand
      && placed.contains { tick, _, room in
        let words = tick.label.split(separator: " ").map { font.width(String($0)) }
        let lines = TextBlock(tick.label, font: font, width: room - 6, limit: 9).lines.count
        return !tick.isNumber && ((words.max() ?? 0) > room - 6 || lines > 3)
      }
    let isTilted = self.isTilted
    let each = isTilted ? XLabels.step(placed.map(\.x)) : 1
    labels = placed.enumerated().filter { $0.offset % each == 0 }.map(\.element).map {
      tick, x, room in
      let width = isTilted ? XLabels.longest : tick.isNumber || room == 0 ? 400 : max(12, room - 6)
      let label = isTilted ? font.shortened(tick.label, to: width - 1) : tick.label
      return Label(x: x, text: TextBlock(label, font: font, width: width, limit: 3))
    }
    let tallest = labels.map(\.text.height).max() ?? 0
    let widest = labels.map(\.text.width).max() ?? 0
    height = isTilted ? widest * XLabels.sine + 14 : tallest
  }

  /// Every how many-th tilted label is written, so that no two lie on each other.
  private static func step(_ places: [Double]) -> Int {
    let gaps = zip(places.dropFirst(), places).map { ($0 - $1) * sine }
    guard let gap = gaps.min(), gap > 0 else { return 1 }
    return max(1, Int((narrowestLine / gap).rounded(.up)))
  }

  /// Between two tilted lines, in px: somewhat less than a line needs to be read with ease.
  private static let narrowestLine = 8.5

  /// How far tilted labels reach to the left of the panel.
  var overhang: Double {
    isTilted ? labels.map { $0.text.width * XLabels.cosine - $0.x }.max() ?? 0 : 0
  }

  /// - Parameters:
  ///   - origin: the panel's bottom left corner.
  ///   - limits: the horizontal room of the whole figure.
  func draw(at origin: Point, limits: ClosedRange<Double>, into svg: inout SVG) {
    for label in labels {
      let x = origin.x + label.x
      if isTilted {
        let room = (x - limits.lowerBound) / XLabels.cosine
        svg.label(
          XLabels.font.shortened(label.text.lines.joined(separator: " "), to: room), x: x + 3,
          y: origin.y + 15, font: XLabels.font, anchor: .end, rotation: -XLabels.tilt)
      } else {
        let half = label.text.width / 2
        let centre = max(limits.lowerBound + half, min(x, limits.upperBound - half))
        label.text.draw(x: centre, y: origin.y + 7, anchor: .middle, into: &svg)
      }
    }
  }

  /// Whether labels in one row leave a gap between each other.
  static func fit(_ ticks: [Tick], _ scale: any PositionScale) -> Bool {
    let spans = ticks.compactMap { tick -> (low: Double, high: Double)? in
      guard let x = scale(tick.value) else { return nil }
      let room = scale.room(tick.value)
      let full = font.width(tick.label)
      let width = room > 0 && !tick.isNumber ? min(full, room - 6) : full
      return (x - width / 2, x + width / 2)
    }.sorted { $0.low < $1.low }
    return zip(spans, spans.dropFirst()).allSatisfy { $0.high + 5 <= $1.low }
  }
}

extension Tick {
  /// Whether the label is a number, which may be left out for its neighbours'.
  var isNumber: Bool { value.number != nil || Double(label) != nil }
}
