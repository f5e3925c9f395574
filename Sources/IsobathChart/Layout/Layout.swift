// SPDX-License-Identifier: GPL-3.0-or-later

/// Where everything of a figure stands, in px from its top left corner. Blocks are measured first
/// and then stacked, so nothing is squeezed: a figure is as high as its contents ask.
struct Layout: Sendable {
  static let margin = 16.0

  /// How much of a figure's width the labels on either side may take.
  static func widestLabel(_ chart: Chart) -> Double { min(170, chart.width * 0.23) }

  let trained: Trained
  let header: Header
  let legend: LegendRows
  let ends: EndLabels
  let bar: ColorBar?
  let yTitle: TextBlock
  let xTitle: TextBlock
  let caption: TextBlock
  /// One for each panel.
  let yAxes: [FittedAxis]
  let xAxis: FittedAxis
  let xLabels: XLabels
  let grid: PanelGrid
  let height: Double

  init(_ chart: Chart) {
    let trained = Trained(chart)
    self.trained = trained
    let inner = chart.width - 2 * Layout.margin
    header = Header(chart, width: inner)
    let panelHeight = chart.panelHeight ?? Layout.panelHeight(chart, trained)
    yAxes = Layout.yAxes(chart, trained, height: panelHeight)
    bar =
      trained.hasBar && chart.legend != .none
      ? ColorBar(
        trained.color, explainsMissing: trained.all.hasMissingCells, height: panelHeight,
        widest: Layout.widestLabel(chart))
      : nil
    ends = Layout.ends(chart, trained, yAxes, panelHeight: panelHeight)
    let named = ends.names
    legend = LegendRows(
      chart.legend == .none ? [] : trained.keys.filter { !named.contains($0.label) },
      heading: trained.namesNumbers && ends.isEmpty ? chart.color.title : "", width: inner)
    let aside = bar?.width ?? (ends.isEmpty ? 4 : ends.width)
    var grid = PanelGrid(
      chart, yLabelWidth: YLabels.width(yAxes, widest: Layout.widestLabel(chart)), aside: aside,
      panelHeight: panelHeight)
    let provisional = Layout.xAxis(chart, trained, width: grid.panelWidth)
    grid.makeRoom(for: XLabels(provisional.axis).overhang)
    (xAxis, grid.panelWidth) = Layout.xAxis(chart, trained, width: grid.panelWidth)
    xLabels = XLabels(xAxis)
    yTitle = TextBlock(
      chart.y.title, font: Font(size: 12), width: grid.right - Layout.margin)
    xTitle = TextBlock(chart.x.title, font: Font(size: 12), width: grid.right - grid.left)
    caption = TextBlock(
      ([chart.caption] + Notes(chart, trained).sentences).filter { !$0.isEmpty }
        .joined(separator: " "), font: Font(size: 11, color: .grey), width: inner, limit: 8)
    let titles = max(yTitle.height, bar?.titleHeight ?? 0)
    grid.top = header.height + legend.height + titles + 10 + grid.titleHeight
    grid.labelHeight = xLabels.height
    self.grid = grid
    height = grid.bottom + xTitle.height + (caption.lines.isEmpty ? 14 : caption.height + 24)
  }

  /// Top of the horizontal axis' title.
  var xTitleTop: Double { grid.bottom + 4 }

  func frame(_ index: Int) -> Frame {
    Frame(
      width: grid.panelWidth, height: grid.panelHeight, x: xAxis.scale, y: yAxes[index].scale,
      series: trained.series, color: trained.color, namesEnds: !ends.isEmpty)
  }
}

/// Title and subtitle.
struct Header: Sendable {
  private let title: TextBlock
  private let subtitle: TextBlock

  init(_ chart: Chart, width: Double) {
    title = TextBlock(chart.title, font: Font(size: 16, isBold: true), width: width)
    subtitle = TextBlock(
      chart.subtitle, font: Font(size: 12.5, color: .grey), width: width, limit: 5)
  }

  var height: Double { 16 + title.height + (subtitle.lines.isEmpty ? 0 : subtitle.height + 4) + 10 }

  func draw(x: Double, into svg: inout SVG) {
    title.draw(x: x, y: 14, into: &svg)
    subtitle.draw(x: x, y: 14 + title.height + 4, into: &svg)
  }
}
