// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathStatistics
import IsobathTestSupport
import Testing

/// The same resamples given to scipy: nothing but rounding may differ.
@Suite struct SameResamplesTests {
  @Test("BCa, percentile and basic are scipy's on the same resamples", arguments: 0..<15)
  func endpoints(_ index: Int) throws {
    let sample = try Reference.loaded.get().samples[index]
    let worst = WorstError("\(sample.name)/\(sample.n)", tolerance: Tolerances.sameResamples)
    for expected in sample.same {
      let interval = try Self.interval(of: sample, like: expected)
      let place = "\(expected.statistic) \(expected.method) \(expected.level)"
      let scale = abs(expected.estimate)
      let pairs = [
        (interval.estimate, expected.estimate), (interval.low, expected.low),
        (interval.high, expected.high),
      ]
      for (ours, theirs) in pairs { worst.record(((ours ?? .nan) - theirs) / scale, at: place) }
    }
    worst.check()
  }

  private static func interval(
    of sample: Reference.Sample, like expected: Reference.Sample.Same
  ) throws -> Interval {
    let bootstrap = Bootstrap(
      units: Units(documents: sample.n),
      resamples: Reference.resamples(sample.n, group: "\(sample.name)/\(sample.n)"),
      method: try #require(IntervalMethod(rawValue: expected.method)), level: expected.level)
    return switch expected.statistic {
    case "mean": try #require(bootstrap.means([sample.values]).first)
    case "exp-mean": bootstrap.statistic(sample.values) { exp(mean($0)) }
    case "mean-exp": bootstrap.statistic(sample.values) { mean($0.map(exp)) }
    default: bootstrap.statistic(sample.values) { mean($0.map { $0 * $0 }) / mean($0) }
    }
  }

  @Test func sourcesAreDrawnWhole() throws {
    let expected = try Reference.loaded.get().clusters
    let units = Units(sources: expected.sources)
    let bootstrap = Bootstrap(
      units: units, resamples: Reference.resamples(units.count, group: "clusters"))
    let fast = try #require(bootstrap.means([expected.values]).first)
    let general = bootstrap.statistic(expected.values, mean)
    let worst = WorstError("cluster bootstrap", tolerance: Tolerances.sameResamples)
    for (name, interval) in [("means", fast), ("statistic", general)] {
      worst.record((interval.estimate ?? .nan) - expected.estimate, at: "\(name) estimate")
      worst.record((interval.low ?? .nan) - expected.low, at: "\(name) low")
      worst.record((interval.high ?? .nan) - expected.high, at: "\(name) high")
      #expect(interval.n == expected.values.count)
    }
    worst.check()
  }

  @Test func lowestIsTheArgMinOfEveryResample() throws {
    let expected = try Reference.loaded.get().lowest
    let bootstrap = Bootstrap(
      units: Units(documents: 40), resamples: Reference.resamples(40, group: "lowest"))
    // Two hundred curves of seven rows need two passes; every second one is turned upside down.
    let curves = (0..<200).map { $0 % 2 == 0 ? expected.rows : expected.rows.reversed() }
    for (index, found) in bootstrap.lowest(curves).enumerated() {
      let lowest = try #require(found)
      let turned = index % 2 == 1
      #expect(lowest.row == (turned ? 6 - expected.row : expected.row))
      #expect(lowest.shares == (turned ? expected.shares.reversed() : expected.shares))
      if !turned { #expect(lowest.interval == expected.low...expected.high) }
    }
  }
}

/// Σ x / n.
@Sendable func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
