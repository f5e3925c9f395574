// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathStatistics
import IsobathTestSupport
import Testing

/// Step-down max-T on pairs of known difference, against a plain numpy implementation on samples of
/// the same law (`Fixtures/statistics/paired-power.json`, made by `scripts/paired_power.py`).
@Suite struct PairedPowerTests {
  private struct Expected: Decodable {
    let settings: [String: Setting]

    struct Setting: Decodable {
      let repetitions: Int
      let falseFind, middle, anywhere: Double

      enum CodingKeys: String, CodingKey {
        case repetitions
        case falseFind = "false find"
        case middle = "finds site 13"
        case anywhere = "finds any"
      }
    }
  }

  private static let replicates = 1000

  private static func rows(_ setting: String) throws -> [CoverageRow] {
    let group = try #require(CoverageStudy.groups.first { $0.id == "paired" })
    let experiment = try #require(group.experiments.first { $0.name == "normal, \(setting)" })
    return CoverageStudy().rows(of: experiment, in: group, replicates: replicates)
  }

  private static func share(_ claim: String, _ rows: [CoverageRow]) throws -> Double {
    try #require(rows.first { $0.claim.name == claim }?.share)
  }

  @Test("family-wise error is nominal within two points", arguments: ["no change", "d_z = 0.5"])
  func familyWiseError(_ setting: String) throws {
    let found = try Self.share("false find", try Self.rows(setting))
    print("\(setting): false finds in \(found) of \(Self.replicates)")
    // Where some sites do differ, fewer are left to be found wrongly, and the share may be lower.
    #expect(found <= 0.07)
    if setting == "no change" { #expect(found >= 0.03) }
  }

  @Test("finds what the reference finds", arguments: ["no change", "d_z = 0.5"])
  func power(_ setting: String) throws {
    let data = try Fixtures.data("statistics/paired-power.json")
    let expected = try #require(
      try JSONDecoder().decode(Expected.self, from: data).settings[setting])
    let rows = try Self.rows(setting)
    for (claim, share) in [
      ("false find", expected.falseFind), ("finds site 13", expected.middle),
      ("finds any", expected.anywhere),
    ] {
      let found = try Self.share(claim, rows)
      print("\(setting), \(claim): \(found), numpy \(share)")
      let worst = WorstError(
        "\(setting), \(claim)",
        tolerance: Tolerances.coverage(share, Self.replicates, expected.repetitions))
      worst.record(found - share, at: claim)
      worst.check()
    }
  }
}
