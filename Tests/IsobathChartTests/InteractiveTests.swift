// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import IsobathChart

/// Figures as parts of a page: the same drawing in the page's colours, with its values.
@Suite struct InteractiveTests {
  private struct Row {
    var depth: Value
    var value: Double?
    var low: Double?
    var high: Double?
    var model = "base"
  }

  private let rows = [
    Row(depth: .number(0), value: 3.309612, low: 3.296, high: 3.321),
    Row(depth: .number(1), value: 3.1637, low: 3.1539, high: 3.1735),
    Row(depth: .number(2)), Row(depth: .name("final norm"), value: 4, low: 3.9, high: 4.1),
  ]

  private func chart(@MarkBuilder marks: () -> [any Mark]) -> Chart {
    Chart(
      "Title", description: "What it shows", x: Axis("Blocks"),
      y: Axis("Entropy", unit: "nats", scale: .linear), marks: marks)
  }

  private func check(_ chart: Chart, _ name: String) throws {
    let figure = chart.interactive(id: "figure-x")
    #expect(figure.svg == chart.interactive(id: "figure-x").svg)
    let elements = try #require(SVGReader.read(figure.svg), "\(name) is not well-formed")
    let ids = elements.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count && ids.allSatisfy { $0.hasPrefix("figure-x-") })
    for theme in Theme.allCases {
      let known = Set(theme.declarations.matches(of: /--([a-z0-9-]+):#/).map { String($0.1) })
      let used = figure.svg.matches(of: /var\(--([a-z0-9-]+)\)/).map { String($0.1) }
      #expect(Set(used).isSubset(of: known), "\(name): \(Set(used).subtracting(known))")
    }
    let data = try FigureData(chart)
    for point in data.panels.flatMap(\.series).flatMap(\.points) {
      let (x, y) = (try #require(point[0].number), try #require(point[1].number))
      #expect((-1...(data.w + 1)).contains(x) && (-1...(data.h + 1)).contains(y), "\(name)")
      #expect(point.count >= 4)
    }
    for cells in data.panels.compactMap(\.cells) {
      #expect(cells.values.count == cells.rows.count)
      #expect(cells.values.allSatisfy { $0.count == cells.columns.count })
    }
  }

  @Test(arguments: examples.indices)
  func example(index: Int) throws {
    try check(examples[index].chart(), examples[index].name)
  }

  @Test(arguments: 0..<200)
  func random(seed: Int) throws {
    var charts = RandomCharts(seed: seed)
    try check(charts.next(), "seed \(seed)")
  }

  /// A line, its dots and its band tell one value each, with the interval.
  @Test func eachValueOnce() throws {
    let data = try FigureData(
      chart {
        Band(rows, x: \.depth, low: \.low, high: \.high, series: \.model, name: "95 % interval")
        Line(rows, x: \.depth, y: \.value, series: \.model)
        Dot(rows, x: \.depth, y: \.value, series: \.model)
      })
    let panel = try #require(data.panels.first)
    #expect(panel.x == ["Blocks: ", ""] && panel.y == ["Entropy: ", " nats"])
    #expect(panel.series.count == 1 && panel.series[0].name == "base")
    #expect(
      panel.series[0].points.map { Array($0.dropFirst(2)) } == [
        [.text("0"), .text("3.3096"), .text("95 % interval: 3.296 to 3.321 nats")],
        [.text("1"), .text("3.1637"), .text("95 % interval: 3.1539 to 3.1735 nats")],
        [.lines(["final norm"]), .text("4"), .text("95 % interval: 3.9 to 4.1 nats")],
      ])
  }

  /// An interval that belongs to no value is told by itself, and never with another series' value.
  @Test func intervalsAlone() throws {
    let other = [Row(depth: .number(0), value: 3.3, model: "tuned")]
    let data = try FigureData(
      chart {
        Band(rows, x: \.depth, low: \.low, high: \.high, series: \.model)
        Dot(other, x: \.depth, y: \.value, series: \.model)
      })
    let series = try #require(data.panels.first).series
    #expect(series.map(\.name) == ["tuned", "base"])
    #expect(series[0].points[0].count == 4)
    #expect(
      series[1].points[0].dropFirst(3) == [.lines([""]), .text("interval: 3.296 to 3.321 nats")])
  }

  @Test func cells() throws {
    let chart = Chart(
      "Map", description: "A map", x: Axis("t"), y: Axis("Blocks"),
      color: ColorAxis("Entropy", unit: "nats")
    ) {
      Cell(
        [(1, 0, 0.51234567), (2, 0, 1.5), (1, 1, -2)] as [(Int, Int, Double)], x: \.0, y: \.1,
        fill: \.2)
    }
    let cells = try #require(try FigureData(chart).panels.first?.cells)
    #expect(cells.columns.map { $0[2] } == [.text("1"), .text("2")])
    #expect(cells.around == ["Entropy: ", " nats"])
    // Rows go down the page: the larger one first.
    #expect(cells.rows.map { $0[2] } == [.text("1"), .text("0")])
    #expect(cells.values == [["−2", nil], ["0.51235", "1.5"]])
  }

  @Test func titlesWithoutScript() throws {
    let chart = chart {
      Band(rows, x: \.depth, low: \.low, high: \.high)
      Line(rows, x: \.depth, y: \.value)
    }
    let titles = try #require(SVGReader.read(chart.interactive(id: "a").svg)).filter {
      $0.name == "title"
    }
    #expect(
      titles.map(\.text) == [
        "Title", "Blocks: 0 · Entropy: 3.3096 nats · interval: 3.296 to 3.321 nats",
        "Blocks: 1 · Entropy: 3.1637 nats · interval: 3.1539 to 3.1735 nats",
        "final norm · Entropy: 4 nats · interval: 3.9 to 4.1 nats",
      ])
    #expect(!chart.svg.contains("<circle") && !chart.svg.contains("var("))
  }

  /// Nobody can point at thousands of values of one line.
  @Test func longLinesAreThinned() throws {
    let many = (0..<5000).map { Row(depth: .number(Double($0)), value: 1 / Double($0 + 1)) }
    let figure = chart { Line(many, x: \.depth, y: \.value) }.interactive(id: "a")
    #expect(figure.values.utf8.count < 30_000)
    #expect(!figure.svg.contains("<circle"))
  }

  @Test(arguments: [
    "</script><b>", "a\"b\\c", "<!--", "&lt;", "a\nb\u{1B}\u{202E}", "模型", "\u{2028}", "",
  ])
  func hostileNames(text: String) throws {
    let row = Row(depth: .name(text), value: 1, model: text)
    let chart = Chart(
      text, description: text, x: Axis(text, unit: text), y: Axis(text, unit: text)
    ) { Line([row], x: \.depth, y: \.value, series: \.model) }
    let figure = chart.interactive(id: text)
    #expect(!figure.values.contains { $0 == "<" || $0 == "&" || $0 == ">" })
    #expect(try FigureData(chart).panels[0].series[0].name == printable(text))
    let elements = try #require(SVGReader.read(figure.svg))
    #expect(
      elements.allSatisfy {
        ["svg", "title", "desc", "g", "rect", "path", "text", "clipPath", "circle"].contains(
          $0.name)
      })
  }
}
