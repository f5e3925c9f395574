// SPDX-License-Identifier: GPL-3.0-or-later

/// The names of lines beside the right edge of their panel, moved apart, each with a piece of its
/// line and a leader where it had to move.
struct EndLabels: Sendable {
  private static let font = Font(size: 12)
  private static let textStart = 36.0

  private let labels: [(end: EndLabel, text: TextBlock)]
  private let heading: TextBlock?

  /// Labels that occur twice, as of a line and its dots, are named once.
  ///
  /// - Parameter widest: of the labels' lines.
  init(_ ends: [EndLabel], heading: String, widest: Double) {
    var known = Set<String>()
    labels = ends.filter { known.insert($0.label).inserted }.map { end in
      (end, TextBlock(end.label, font: EndLabels.font, width: widest, limit: 3))
    }
    self.heading =
      heading.isEmpty || labels.isEmpty
      ? nil : TextBlock(heading, font: Font(size: 11, color: .grey), width: widest + 26)
  }

  var isEmpty: Bool { labels.isEmpty }

  /// From the panel's edge to the end of the widest label.
  var width: Double {
    let text = labels.map(\.text.width).max() ?? 0
    return max(EndLabels.textStart + text, (heading?.width ?? 0) + 10)
  }

  /// What all labels need together.
  var height: Double { labels.reduce(0) { $0 + $1.text.height + 3 } + headingHeight }

  var names: Set<String> { Set(labels.map(\.end.label)) }

  private var headingHeight: Double { heading.map { $0.height + 4 } ?? 0 }

  /// - Parameters:
  ///   - x: the panel's right edge.
  ///   - y: its top.
  func draw(x: Double, y: Double, panelHeight: Double, into svg: inout SVG) {
    let centres = nudged(
      labels.map(\.end.y), heights: labels.map { $0.text.height + 3 },
      within: (headingHeight - 4)...max(headingHeight, panelHeight + 8))
    let tops = zip(labels, centres).map { $1 - $0.text.height / 2 }
    heading?.draw(x: x + 10, y: y + (tops.min() ?? 0) - headingHeight, into: &svg)
    for (label, centre) in zip(labels, centres) {
      let (from, to) = (Point(x: x + 2, y: y + label.end.y), Point(x: x + 9, y: y + centre))
      if abs(centre - label.end.y) > 2 { svg.line(from, to, color: .axis, width: 0.8) }
      svg.line(
        Point(x: x + 11, y: to.y), Point(x: x + 31, y: to.y), color: label.end.look.color,
        width: label.end.width, dash: label.end.look.dash.attribute)
      label.text.draw(
        x: x + EndLabels.textStart, y: to.y - label.text.height / 2 + 1, into: &svg)
    }
  }
}
