// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathStatistics
import IsobathTestSupport
import Testing

/// `Fixtures/statistics/bootstrap.json`, made by `scripts/statistics_bootstrap.py`.
struct Reference: Decodable, Sendable {
  struct Stream: Decodable, Sendable, CustomTestStringConvertible {
    let seed, purpose, group: String
    let seed32: UInt32
    let words: [UInt32]
    let integers: [Int]
    let uniforms, gaussians: [Double]
    let shuffled: [Int]

    var testDescription: String { "\(seed)·\(purpose)·\(group)" }

    func make() throws -> RandomStream {
      RandomStream(seed: try #require(UInt64(seed)), purpose: purpose, group: group)
    }
  }

  struct Sample: Decodable, Sendable, CustomTestStringConvertible {
    struct Same: Decodable, Sendable {
      let statistic, method: String
      let level, estimate, low, high: Double
    }
    struct Own: Decodable, Sendable {
      let method: String
      let low, high: Double
    }
    let name: String
    let n: Int
    let values: [Double]
    let same: [Same]
    let own: [Own]
    let standardError: Double

    var testDescription: String { "\(name) n=\(n)" }
  }

  struct Clusters: Decodable, Sendable {
    let values: [Double]
    let sources: [String]
    let estimate, low, high: Double
  }

  struct LowestRow: Decodable, Sendable {
    let rows: [[Double]]
    let row, low, high: Int
    let shares: [Double]
  }

  struct Coverage: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let n, repetitions: Int
    let coverage: Double

    var testDescription: String { "\(name) n=\(n)" }
  }

  let streams: [Stream]
  let samples: [Sample]
  let clusters: Clusters
  let lowest: LowestRow
  let coverage: [Coverage]

  static let loaded = Result {
    try JSONDecoder().decode(Reference.self, from: Fixtures.data("statistics/bootstrap.json"))
  }

  /// The resamples that the script rebuilt.
  static func resamples(_ n: Int, count: Int = 2000, group: String) -> Resamples {
    Resamples(
      documents: n, count: count,
      stream: RandomStream(seed: 7, purpose: "bootstrap", group: group))
  }
}
