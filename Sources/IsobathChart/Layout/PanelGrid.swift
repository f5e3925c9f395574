// SPDX-License-Identifier: GPL-3.0-or-later

/// Panels in rows and columns.
struct PanelGrid: Sendable {
  let count: Int
  let columns: Int
  /// Left edge of the first panel.
  private(set) var left: Double
  /// Between the right edge of one panel and the left edge of the next.
  let gap: Double
  let panelHeight: Double
  /// Above each panel.
  let titleHeight: Double
  var panelWidth: Double
  /// Top of the first panel.
  var top = 0.0
  /// Of the labels under the last row.
  var labelHeight = 0.0

  init(_ chart: Chart, yLabelWidth: Double, aside: Double, panelHeight: Double) {
    count = chart.panels.count
    left = Layout.margin + yLabelWidth + 10
    gap = chart.sharesY ? 18 : yLabelWidth + 26
    self.panelHeight = panelHeight
    titleHeight = chart.panels.contains { !$0.title.isEmpty } ? 20 : 0
    let room = chart.width - left - aside - Layout.margin
    let fitting = Int((room + gap) / (PanelGrid.narrowest + gap))
    columns = max(1, min(chart.columns ?? PanelGrid.usual(count), count, fitting))
    let whole = room - Double(columns - 1) * gap
    panelWidth = max(40, (whole / Double(columns)).rounded(.down))
  }

  /// Fewer panels stand side by side than asked for when they would be narrower than this.
  private static let narrowest = 130.0

  /// Gives up room on the left for labels that reach beyond their panel.
  mutating func makeRoom(for overhang: Double) {
    let more = (max(0, overhang + 8 - left)).rounded(.up)
    left += more
    panelWidth = max(40, panelWidth - (more / Double(columns)).rounded(.up))
  }

  private static func usual(_ count: Int) -> Int { count == 4 ? 2 : min(count, 3) }

  private var rows: Int { (count + columns - 1) / columns }
  private var rowStep: Double { panelHeight + titleHeight + 16 }

  /// Right edge of the last column.
  var right: Double { left + Double(columns) * panelWidth + Double(columns - 1) * gap }

  /// Beneath the labels of the last row.
  var bottom: Double {
    top + Double(max(rows, 1) - 1) * rowStep + panelHeight + labelHeight + 10
  }

  /// A panel's top left corner.
  func origin(_ index: Int) -> Point {
    Point(
      x: left + Double(index % columns) * (panelWidth + gap),
      y: top + Double(index / columns) * rowStep)
  }

  func isFirstColumn(_ index: Int) -> Bool { index % columns == 0 }

  /// Whether no panel stands beneath this one.
  func isLowest(_ index: Int) -> Bool { index + columns >= count }
}
