// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathTestSupport
import Testing

@testable import IsobathChart

@Suite struct DataTests {
  private struct Row {
    var text = "a"
    var whole = 3
    var real = 2.5
    var perhaps: Double?
  }

  @Test func channelsReadEveryType() {
    let row = Row()
    let channels: [Channel<Row>] = [
      \.text, \.whole, \.real, \.perhaps, { _ in Double.nan }, { _ in Value.name("b") },
      { $0.perhaps ?? .infinity },
    ]
    let values = channels.map { $0(row).channelValue }
    #expect(
      values == [
        .name("a"), .number(3), .number(2.5), .missing, .missing, .name("b"), .missing,
      ])
  }

  @Test func gapsEndRuns() {
    let none: Int? = nil
    #expect(runs([none, 1, 2, none, none, 3, none]) == [[1, 2], [3]])
    #expect(runs([none]) == [])
  }

  /// Witness: `numpy.quantile(…, [.05, .25, .5, .75, .95])`.
  @Test func quartilesAreNumpys() throws {
    let values = [3.1, 0.2, 5.5, 2.2, 9.1, 4.4, 0.9].map { Row(perhaps: $0) } + [Row()]
    let found = try #require(Quartiles.of(values, by: \.text, value: \.perhaps, tail: 0.05).first)
    let worst = WorstError("quantiles", tolerance: Tolerances.quantile)
    let five = [found.low, found.lower, found.median, found.upper, found.high]
    for (a, b) in zip(five, [0.41, 1.55, 3.1, 4.95, 8.02]) { worst.record(a - b, at: "\(b)") }
    worst.check()
    #expect(found.count == 7)
    #expect(Quartiles.of([Row()], by: \.text, value: \.perhaps).isEmpty)
  }

  @Test func sparklines() {
    #expect(Sparkline([0, 1, 2, 3, 4, 5, 6, 7]).text == "▁▂▃▄▅▆▇█")
    #expect(Sparkline([1, nil, .nan, 3]).text == "▁  █")
    #expect(Sparkline([2, 2]).text == "▄▄")
    #expect(Sparkline([nil, nil]).text == "  ")
    #expect(Sparkline([]).text.isEmpty)
    #expect(Sparkline([-1e308, 1e308]).text == "▁█")
    #expect(Sparkline((0..<100).map { Double($0) }, width: 8).text == "▁▂▃▄▅▆▇█")
  }

  @Test func whatIsNotShownIsSaid() {
    let rows = [0.0, -1, 5, 50, 500].map { Row(real: $0) }
    let chart = Chart(
      "t", description: "d", x: Axis("x"), y: Axis("y", scale: .log.domain(1...100))
    ) { Dot(rows, x: \.whole, y: \.real) }
    #expect(chart.svg.contains("1 value is outside the axes."))
    #expect(chart.svg.contains("2 values are not positive and not shown on a logarithmic scale."))
  }
}
