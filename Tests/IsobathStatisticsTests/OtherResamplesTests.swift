// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathStatistics
import IsobathTestSupport
import Testing

/// scipy's answer from 400 000 resamples of its own: Monte-Carlo error may differ.
@Suite struct OtherResamplesTests {
  @Test("agrees with scipy within Monte-Carlo error", arguments: 0..<15)
  func agrees(_ index: Int) throws {
    let sample = try Reference.loaded.get().samples[index]
    let step = sample.name == "integers" ? 1 / (Double(sample.n) * sample.standardError) : 0
    for count in [10_000, 100_000] {
      let worst = WorstError(
        "\(sample.name)/\(sample.n) at B = \(count), in standard errors",
        tolerance: Tolerances.otherResamples(count, latticeStep: step))
      for expected in sample.own {
        let bootstrap = Bootstrap(
          units: Units(documents: sample.n),
          resamples: Reference.resamples(sample.n, count: count, group: "other"),
          method: try #require(IntervalMethod(rawValue: expected.method)))
        let interval = try #require(bootstrap.means([sample.values]).first)
        let scale = sample.standardError
        worst.record(((interval.low ?? .nan) - expected.low) / scale, at: "\(expected.method) low")
        worst.record(
          ((interval.high ?? .nan) - expected.high) / scale, at: "\(expected.method) high")
      }
      worst.check()
    }
  }
}
