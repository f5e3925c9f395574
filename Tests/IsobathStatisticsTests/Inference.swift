// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathStatistics
import IsobathTestSupport

/// `Fixtures/statistics/inference.json`, made by `scripts/statistics_inference.py`.
struct Inference: Decodable, Sendable {
  struct Studentised: Decodable, Sendable {
    struct Row: Decodable, Sendable {
      let statistic: String
      let level, estimate: Double
      let low, high: Double?
    }
    let name: String
    let values: [Double]
    let rows: [Row]
  }

  struct Clusters: Decodable, Sendable {
    let values, margin: [Double]
    let sources: [String]
    let estimate, low, high, standardError, lowerP, upperP: Double
  }

  struct Jackknives: Decodable, Sendable {
    struct Case: Decodable, Sendable {
      let name: String
      let blocks: [[Int]]
      let estimate, bias, standardError, low, high: Double
    }
    let values: [Double]
    let cases: [Case]
  }

  struct HalfSamples: Decodable, Sendable {
    let values: [Double]
    let plain, halves, corrected, splitError: Double
  }

  struct Permutation: Decodable, Sendable {
    let units: Int
    let rows: [[Double]]
    let p, singleStep, stepDown: [Double]
    let scipy: [Double]?
  }

  struct Discoveries: Decodable, Sendable {
    let p, benjaminiHochberg, benjaminiYekutieli: [Double]
  }

  struct Equivalent: Decodable, Sendable {
    let differences: [Double]
    let margin, p, lowerP, upperP, low, high: Double
  }

  struct Effects: Decodable, Sendable {
    struct Size: Decodable, Sendable { let estimate, low, high: Double }
    let first, second: [Double]
    let difference, ratio, dz: Size
  }

  struct Band: Decodable, Sendable {
    let rows: [[Double]]
    let critical: Double
    let low, high: [Double]
  }

  struct Correlation: Decodable, Sendable {
    let kind: String
    let x, y: [Double]
    let block, count: Int
    let coefficient, shiftP, blockP, low, high: Double
  }

  struct Adequacy: Decodable, Sendable {
    let values: [Double]
    let limit, slope, scale, halfWidth: Double
  }

  let studentised: [Studentised]
  let clusters: Clusters
  let jackknives: Jackknives
  let halfSamples: HalfSamples
  let permutation: [Permutation]
  let discoveries: Discoveries
  let equivalence: [Equivalent]
  let effects: Effects
  let band: Band
  let correlations: [Correlation]
  let adequacy: Adequacy

  static let loaded = Result {
    try JSONDecoder().decode(Inference.self, from: Fixtures.data("statistics/inference.json"))
  }

  /// ln of the variance over n: a statistic with a bias, of some of the values.
  static func logVariance(_ values: [Double], of items: [Int]) -> Double {
    let some = items.map { values[$0] }
    let middle = mean(some)
    return log(mean(some.map { ($0 - middle) * ($0 - middle) }))
  }
}
