// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathStatistics
import IsobathTestSupport
import Testing

/// Bootstrap-t, max-|t| bands and effect sizes against numpy and scipy on the same resamples.
@Suite struct StudentisedTests {
  private static func bootstrap(
    _ units: Units, _ group: String, method: IntervalMethod = .studentised, level: Double = 0.95
  ) -> Bootstrap {
    Bootstrap(
      units: units, resamples: Reference.resamples(units.count, group: group), method: method,
      level: level)
  }

  @Test("bootstrap-t is numpy's on the same resamples", arguments: 0..<3)
  func studentised(_ index: Int) throws {
    let sample = try Inference.loaded.get().studentised[index]
    let worst = WorstError("bootstrap-t, \(sample.name)", tolerance: Tolerances.sameDeviates)
    for row in sample.rows {
      let bootstrap = Self.bootstrap(
        Units(documents: sample.values.count), "studentised/\(sample.name)", level: row.level)
      let interval =
        switch row.statistic {
        case "mean": bootstrap.means([sample.values])[0]
        case "exp-mean": bootstrap.means([sample.values], through: exp)[0]
        case "log-mean": bootstrap.means([sample.values], through: log)[0]
        default: bootstrap.statistic(sample.values) { mean($0.map { $0 * $0 }) / mean($0) }
        }
      let place = "\(row.statistic) \(row.level)"
      worst.record((interval.estimate ?? .nan) - row.estimate, at: place)
      #expect((interval.low == nil) == (row.low == nil), "\(place)")
      guard let low = row.low, let high = row.high else { continue }
      worst.record(((interval.low ?? .nan) - low) / row.estimate, at: "\(place) low")
      worst.record(((interval.high ?? .nan) - high) / row.estimate, at: "\(place) high")
    }
    worst.check()
  }

  @Test func sourcesHaveTheLinearisedError() throws {
    let expected = try Inference.loaded.get().clusters
    let bootstrap = Self.bootstrap(Units(sources: expected.sources), "studentised/clusters")
    let interval = bootstrap.means([expected.values])[0]
    let worst = WorstError("bootstrap-t of sources", tolerance: Tolerances.sameDeviates)
    worst.record((interval.estimate ?? .nan) - expected.estimate, at: "estimate")
    worst.record((interval.low ?? .nan) - expected.low, at: "low")
    worst.record((interval.high ?? .nan) - expected.high, at: "high")
    worst.check()
  }

  /// A resample of one document drawn n times has no standard error: with three documents they
  /// are a ninth of all, and the interval would be infinite.
  @Test func resamplesWithoutSpreadAreInfinite() {
    let bootstrap = Self.bootstrap(Units(documents: 3), "few")
    for interval in [bootstrap.means([[1, 2, 4]])[0], bootstrap.statistic([1, 2, 4], mean)] {
      #expect(interval.low == nil && interval.remark == .degenerate)
    }
    let wide = Self.bootstrap(Units(documents: 3), "few", level: 0.5).means([[1, 2, 4]])[0]
    #expect(wide.low != nil)
  }

  @Test func theBandIsNumpys() throws {
    let expected = try Inference.loaded.get().band
    let bootstrap = Self.bootstrap(Units(documents: 20), "band", method: .bca)
    let band = bootstrap.band(expected.rows)
    let worst = WorstError("max-|t| band", tolerance: Tolerances.sameDeviates)
    worst.record((band.critical ?? .nan) - expected.critical, at: "critical")
    for (site, interval) in band.sites.enumerated() {
      worst.record((interval.low ?? .nan) - expected.low[site], at: "site \(site) low")
      worst.record((interval.high ?? .nan) - expected.high[site], at: "site \(site) high")
      #expect(interval.method == .studentised)
    }
    worst.check()
    // A site without spread has no interval, and the others keep theirs.
    let flat = [Double](repeating: 3, count: 20)
    let with = bootstrap.band([flat] + expected.rows)
    #expect(with.critical == band.critical && Array(with.sites.dropFirst()) == band.sites)
    #expect(with.sites[0].low == nil && with.sites[0].remark == .allEqual(n: 20))
    #expect(bootstrap.band([flat]).critical == nil)
  }

  @Test func effectsAreScipys() throws {
    let expected = try Inference.loaded.get().effects
    let bootstrap = Self.bootstrap(Units(documents: 24), "effects", method: .bca)
    let effect = bootstrap.effect(expected.first, expected.second)
    let worst = WorstError("effect sizes", tolerance: Tolerances.sameResamples)
    for (name, ours, theirs) in [
      ("difference", effect.difference, expected.difference),
      ("ratio", effect.ratio, expected.ratio), ("d_z", effect.dz, expected.dz),
    ] {
      worst.record((ours.estimate ?? .nan) - theirs.estimate, at: "\(name) estimate")
      worst.record((ours.low ?? .nan) - theirs.low, at: "\(name) low")
      worst.record((ours.high ?? .nan) - theirs.high, at: "\(name) high")
    }
    worst.check()
  }

  @Test func effectsOfNothingSayWhy() {
    let none = Self.bootstrap(Units(documents: 0), "none").effect([], [])
    #expect(none.ratio.remark == .noValues && none.dz.remark == .noValues)
    let one = Self.bootstrap(Units(documents: 1), "one").effect([2], [4])
    #expect(one.ratio.estimate == 0.5 && one.ratio.remark == .oneUnit(.document))
    let zero = Self.bootstrap(Units(documents: 1), "one").effect([2], [0])
    #expect(zero.ratio.estimate == nil && zero.ratio.remark == .degenerate)
    let same = Self.bootstrap(Units(documents: 4), "same").effect([1, 2, 3, 4], [1, 2, 3, 4])
    #expect(same.dz.estimate == nil && same.dz.remark == .degenerate)
    #expect(same.difference.estimate == 0 && same.difference.low == nil)
  }
}
