// SPDX-License-Identifier: GPL-3.0-or-later

/// A figure for a page: markup, and the values in it as JSON that may stand in a script element.
///
/// The values are `{"w", "h", "panels": […]}`, with the figure's size in px. A panel has `x` and `y`,
/// what stands before and after a number of that axis; `series`, each with its `name`, `flat` when
/// rows are told apart along y, and `points` of `[x, y, x text, y text, other lines…]`; and perhaps
/// `cells` with `columns` and `rows` of `[from, to, text]`, `around`, what stands before and after
/// a value, and
/// `values` row by row, null where there is none. A text in a list is a whole line.
package struct InteractiveFigure: Sendable {
  package let svg: String
  package let values: String
}

/// The values of all panels of a figure.
struct FigureValues: Sendable {
  /// With more values than this, only a page that runs scripts tells them one by one.
  private static let mostTitles = 240

  private let chart: Chart
  private let height: Double
  private let panels: [(origin: Point, values: PanelValues)]
  private let series: SeriesScale
  private let x: ValueText
  private let y: ValueText
  private let fill: ValueText

  init(_ chart: Chart, _ layout: Layout) {
    self.chart = chart
    height = layout.height
    series = layout.trained.series
    x = ValueText(chart.x, [layout.xAxis.scale])
    y = ValueText(chart.y, layout.yAxes.map(\.scale))
    fill = ValueText(chart.color)
    panels = chart.panels.enumerated().map { index, panel in
      (layout.grid.origin(index), PanelValues(panel, in: layout.frame(index)))
    }
  }

  // MARK: - Data

  var json: String {
    let texts = [x, y].map {
      JSONText.list([JSONText.string($0.prefix), JSONText.string($0.suffix)])
    }
    let panels = self.panels.map { origin, values in
      let series = values.series.map { json($0, at: origin) }
      let cells = values.cells.map { ",\"cells\":\(json($0, at: origin))" } ?? ""
      return "{\"x\":\(texts[0]),\"y\":\(texts[1]),\"series\":\(JSONText.list(series))\(cells)}"
    }
    return "{\"w\":\(JSONText.place(chart.width)),\"h\":\(JSONText.place(height)),"
      + "\"panels\":[\n\(panels.joined(separator: ",\n"))\n]}"
  }

  private func json(_ one: PanelValues.Series, at origin: Point) -> String {
    let (across, along) = one.isFlat ? (y, x) : (x, y)
    let points = one.data.map { datum -> String in
      let at = across.json(datum.at)
      let measured = along.json(datum.measured)
      let others = datum.intervals.map { JSONText.string(along.line($0)) }
      return JSONText.list(
        [
          JSONText.place(origin.x + datum.point.x), JSONText.place(origin.y + datum.point.y),
          one.isFlat ? measured : at, one.isFlat ? at : measured,
        ] + others)
    }
    return "{\"name\":\(JSONText.string(name(one.key)))\(one.isFlat ? ",\"flat\":true" : ""),"
      + "\"points\":\(JSONText.list(points))}"
  }

  private func json(_ cells: CellData, at origin: Point) -> String {
    func sides(_ sides: [CellTable.Side], _ text: ValueText, _ start: Double) -> String {
      JSONText.list(
        sides.map { side in
          JSONText.list([
            JSONText.place(start + side.low), JSONText.place(start + side.high),
            text.json(side.value),
          ])
        })
    }
    let values = cells.rows.map { row in
      JSONText.list(
        cells.columns.map { column in
          cells.values[CellTable.Place(x: column.value, y: row.value)].map {
            JSONText.string(fill.number($0))
          } ?? "null"
        })
    }
    let around = [JSONText.string(fill.prefix), JSONText.string(fill.suffix)]
    return "{\"columns\":\(sides(cells.columns, x, origin.x)),"
      + "\"rows\":\(sides(cells.rows, y, origin.y)),\"around\":\(JSONText.list(around)),"
      + "\"values\":\(JSONText.list(values))}"
  }

  /// A numbered series says what its number is of.
  private func name(_ key: Value) -> String {
    switch key {
    case .number: fill.line(key)
    case .name(let name): name
    case .missing: ""
    }
  }

  // MARK: - Titles

  private var count: Int {
    panels.reduce(0) { sum, panel in
      sum + panel.values.series.reduce(0) { $0 + $1.data.count }
        + (panel.values.cells.map { $0.columns.count * $0.rows.count } ?? 0)
    }
  }

  /// Unseen targets with titles, which browsers show without any script.
  func drawTitles(into svg: inout SVG) {
    guard (1...FigureValues.mostTitles).contains(count) else { return }
    svg.group("g", ["fill": "none", "pointer-events": "all"]) { svg in
      for (origin, values) in panels {
        if let cells = values.cells { drawTitles(cells, at: origin, into: &svg) }
        for one in values.series {
          for datum in one.data { drawTitle(datum, at: origin, into: &svg) }
        }
      }
    }
  }

  private func drawTitle(_ datum: Datum, at origin: Point, into svg: inout SVG) {
    let (across, along) = datum.isFlat ? (y, x) : (x, y)
    let lines =
      [name(datum.series), across.line(datum.at), along.line(datum.measured)]
      + datum.intervals.map { along.line($0) }
    svg.group(
      "circle", ["cx": origin.x + datum.point.x, "cy": origin.y + datum.point.y, "r": 7.0]
    ) {
      $0.element("title", [:], content: lines.filter { !$0.isEmpty }.joined(separator: " · "))
    }
  }

  private func drawTitles(_ cells: CellData, at origin: Point, into svg: inout SVG) {
    for row in cells.rows {
      for column in cells.columns {
        let value = cells.values[CellTable.Place(x: column.value, y: row.value)]
        let lines = [
          x.line(column.value), y.line(row.value),
          value.map { fill.line(.number($0)) } ?? "no value",
        ]
        svg.group(
          "rect",
          [
            "x": origin.x + column.low, "y": origin.y + row.low, "width": column.high - column.low,
            "height": row.high - row.low,
          ]
        ) {
          $0.element("title", [:], content: lines.joined(separator: " · "))
        }
      }
    }
  }
}
