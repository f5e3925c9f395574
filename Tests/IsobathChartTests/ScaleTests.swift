// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathTestSupport
import Testing

@testable import IsobathChart

@Suite struct ScaleTests {
  private func side(counts: [Int] = [5], isNice: Bool = false) -> Side {
    Side(start: 0, end: 100, counts: counts, isNice: isNice, fits: { _, _ in true })
  }

  private func domain(_ numbers: [Double]) -> Domain {
    var domain = Domain()
    domain.add(numbers.map { .number($0) })
    return domain
  }

  private func labels(_ axis: Axis, _ numbers: [Double], isNice: Bool = false) -> [String] {
    axis.fitted(to: domain(numbers), along: side(isNice: isNice)).ticks.map(\.label)
  }

  @Test func linearTicksAreRound() {
    #expect(labels(Axis("x"), [0, 1]) == ["0", "1"], "whole numbers have whole ticks")
    #expect(labels(Axis("x"), [0, 0.9]) == ["0.0", "0.2", "0.4", "0.6", "0.8"])
    #expect(
      labels(Axis("x"), [2.71, 4.52], isNice: true) == ["2.5", "3.0", "3.5", "4.0", "4.5", "5.0"])
    #expect(labels(Axis("x"), [-0.3, 0.3]) == ["−0.2", "0.0", "0.2"])
    #expect(labels(Axis("x"), [0, 30]) == ["0", "10", "20", "30"])
    #expect(labels(Axis("x"), [0, 3e7]) == ["0", "10⁷", "2×10⁷", "3×10⁷"])
    #expect(labels(Axis("x"), [0, 3e-7]) == ["0", "10⁻⁷", "2×10⁻⁷", "3×10⁻⁷"])
  }

  @Test func logarithmicTicksAreRound() {
    let log = Axis("x", scale: .log)
    #expect(labels(log, [1, 64]) == ["1", "3", "10", "30"])
    #expect(labels(log, [1, 2048]) == ["1", "10", "100", "1000"])
    #expect(labels(log, [1e-9, 1]) == ["10⁻⁸", "10⁻⁶", "10⁻⁴", "10⁻²", "10⁰"])
    #expect(labels(log, [0.49, 0.77]) == ["0.5", "0.6", "0.7"])
  }

  /// Places are the closed form, to the last digit that a chart prints.
  @Test func placesAreExact() throws {
    let axis = Axis("x", scale: .log.domain(1...1000)).fitted(to: Domain(), along: side())
    for (value, place) in [(1.0, 0.0), (10, 100.0 / 3), (31.6227766017, 50), (1000, 100)] {
      let found = try #require(axis.scale(value))
      #expect(abs(found - place) < 0.005)
    }
    #expect(axis.scale(0) == nil)
    #expect(axis.scale(-1) == nil)
    #expect(axis.scale(.missing) == nil)
  }

  @Test func stopsStandBesideNumbers() throws {
    var domain = domain([0, 1])
    domain.add(.name("final"))
    let axis = Axis("x").fitted(to: domain, along: side())
    let last = try #require(axis.scale(1))
    let stop = try #require(axis.scale(.name("final")))
    #expect(last < 36 && stop > 50)
    #expect(axis.scale.room(.name("final")) == 64)
    #expect(axis.scale.room(.number(1)) == 0)
  }

  /// Spans that would overflow, vanish or have no length all give a scale and a few ticks.
  @Test(arguments: [
    [Double](), [0], [3.25], [1e308, -1e308], [Double.leastNonzeroMagnitude],
    [0, Double.leastNonzeroMagnitude], [1, 1 + .ulpOfOne], [1e16, 1e16 + 2], [-0.0, 0.0],
    [1e-300, 2e-300], [.greatestFiniteMagnitude],
  ])
  func hardDomains(numbers: [Double]) throws {
    for scale in [Scale.linear, .log] {
      for (isNice, holdsSlots) in [(true, false), (false, false), (false, true)] {
        var domain = domain(numbers)
        domain.holdsSlots = holdsSlots
        let axis = Axis("x", scale: scale).fitted(
          to: domain, along: side(counts: [5, 2], isNice: isNice))
        #expect(axis.ticks.count < 20)
        for number in numbers {
          if let place = axis.scale(min(max(number, -1e307), 1e307)) {
            #expect((-1e-6...100.000001).contains(place), "\(number) at \(place)")
          }
        }
      }
    }
  }

  /// Every 25th of matplotlib's 256 colours.
  @Test func cividisIsCividis() {
    let published: [(Int, UInt32)] = [
      (10, 0x002A5F), (40, 0x273E6E), (77, 0x50576C), (128, 0x7D7C78), (200, 0xC4B468),
      (230, 0xE5CF52), (0, 0x00224E), (255, 0xFEE838),
    ]
    let worst = WorstError("cividis", tolerance: Tolerances.cividis)
    for (place, hex) in published {
      let (found, wanted) = (Ramp.cividis(Double(place) / 255), Color(hex))
      for (a, b) in [
        (found.red, wanted.red), (found.green, wanted.green), (found.blue, wanted.blue),
      ] { worst.record(Double(a) - Double(b), at: "\(place)") }
    }
    worst.check()
  }

  @Test func seriesKeepTheirColours() {
    var domain = Domain()
    domain.add([.name("tuned"), .name("base")])
    let color = ColorScale(ColorAxis(), domain: Domain(), forLines: true)
    let scale = SeriesScale(domain, order: ["base", "tuned"], color: color, format: .automatic)
    #expect(scale.look(.name("base"), .standard).color == SeriesScale.palette[0])
    #expect(scale.look(.name("tuned"), .standard).color == SeriesScale.palette[1])
    #expect(scale.look(.name("tuned"), .reference).color == .reference)
    let looks = (0..<42).map { index in
      var domain = Domain()
      domain.add((0...index).map { .name("\($0)") })
      let look = SeriesScale(domain, order: [], color: color, format: nil)
        .look(.name("\(index)"), .standard)
      return "\(look.color.hex) \(look.dash)"
    }
    #expect(Set(looks).count == 42, "colour and dash together tell 42 series apart")
  }
}
