// SPDX-License-Identifier: GPL-3.0-or-later

extension Layout {
  /// The room of a named stop above a vertical axis.
  private static let yStop = 24.0

  /// Rows of names need room for each; everything else has a height that reads well.
  static func panelHeight(_ chart: Chart, _ trained: Trained) -> Double {
    let y = trained.all.y
    let cells = y.holdsCells ? Set(y.numbers).count : 0
    let rows = Double(y.names.count + cells)
    if rows > 0 && (y.numbers.isEmpty || y.holdsCells) {
      let hasNames = y.names.contains { Double($0) == nil } && y.numbers.isEmpty
      let step = (320 / rows).rounded(.down)
      return rows * min(max(step, hasNames ? 18 : 7), 34)
    }
    // What is left are numbers, perhaps with named stops above them.
    let stops = Double(y.names.count) * yStop
    switch chart.panels.count {
    case 0...1: return 300 + stops
    case 2: return 240 + stops
    default: return 180 + stops
    }
  }

  static func yAxes(_ chart: Chart, _ trained: Trained, height: Double) -> [FittedAxis] {
    let most = max(2, Int(height / 36))
    let side = Side(
      start: height, end: 0, counts: Array((1...most).reversed()), inset: 0, isNice: true,
      stop: yStop, fits: YLabels.fit)
    if chart.sharesY {
      let axis = chart.y.fitted(to: trained.all.y, along: side)
      return trained.panels.map { _ in axis }
    }
    return trained.panels.map { chart.y.fitted(to: $0.y, along: side) }
  }

  /// The axis, and the width it was fitted to: bands of cells are a whole number of pixels wide.
  static func xAxis(
    _ chart: Chart, _ trained: Trained, width: Double
  ) -> (axis: FittedAxis, width: Double) {
    var width = width
    let x = trained.all.x
    let bands = Double(x.names.count)
    if x.holdsCells && x.numbers.isEmpty && bands > 0 && width >= bands {
      width = min((width / bands).rounded(.down), 60) * bands
    }
    // Columns that can be seen one by one may be named one by one.
    let perTick: Double = x.holdsCells || x.holdsSlots ? 30 : x.isWhole ? 50 : 60
    let most = max(2, Int(width / perTick))
    let side = Side(
      start: 0, end: width, counts: Array((1...most).reversed()), inset: 8, fits: XLabels.fit)
    return (chart.x.fitted(to: x, along: side), width)
  }

  /// Names beside the panel, when there is one panel, and room for them all.
  static func ends(
    _ chart: Chart, _ trained: Trained, _ yAxes: [FittedAxis], panelHeight: Double
  ) -> EndLabels {
    let none = EndLabels([], heading: "", widest: 0)
    guard case .automatic = chart.legend, chart.panels.count == 1, !trained.hasBar,
      let yAxis = yAxes.first
    else { return none }
    // The names and heights do not depend on how wide the panel will be.
    let provisional = xAxis(chart, trained, width: 400)
    let frame = Frame(
      width: 400, height: panelHeight, x: provisional.axis.scale, y: yAxis.scale,
      series: trained.series, color: trained.color, namesEnds: true)
    let labels = EndLabels(
      chart.panels.flatMap(\.marks).flatMap { $0.ends(in: frame) },
      heading: trained.namesNumbers ? chart.color.title : "",
      widest: Layout.widestLabel(chart) - 20)
    return labels.height <= panelHeight + 8 ? labels : none
  }
}
