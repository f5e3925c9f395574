// SPDX-License-Identifier: GPL-3.0-or-later

/// Panels in rows and columns.
struct PanelGrid: Sendable {
  let count: Int
  let columns: Int
  /// Left edge of the first panel.
  let left: Double
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
    columns = max(1, min(chart.columns ?? PanelGrid.usual(count), count))
    left = Layout.margin + yLabelWidth + 10
    gap = chart.sharesY ? 18 : yLabelWidth + 26
    self.panelHeight = panelHeight
    titleHeight = chart.panels.contains { !$0.title.isEmpty } ? 20 : 0
    let whole = chart.width - left - aside - Layout.margin - Double(columns - 1) * gap
    panelWidth = max(40, (whole / Double(columns)).rounded(.down))
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
