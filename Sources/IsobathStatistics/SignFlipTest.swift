// SPDX-License-Identifier: GPL-3.0-or-later

/// What sign flips say of one site of a family.
package struct SignFlipTest: Sendable, Equatable {
  /// Of this site alone.
  package let p: Double
  /// Adjusted for looking at every site: how often the largest |t| of all reaches this one's.
  package let singleStep: Double
  /// The same, but against those sites only whose |t| is not larger: never above `singleStep`, and
  /// it controls the family-wise error all the same. Westfall & Young 1993, algorithm 2.8.
  package let stepDown: Double
}

/// How many patterns of signs are as extreme as the observed one, in three ways.
struct MaxTCounts: Sendable {
  private let observed: [Double]
  /// Sites from the largest observed value to the smallest.
  private let order: [Int]
  private var alone: [Int]
  private var singleStep: [Int]
  private var stepDown: [Int]

  /// What a tie may miss by: r lies between 0 and 1, and sums in another order differ by 10⁻¹⁵.
  private static let rounding = 1e-12

  init(observed: [Double]) {
    self.observed = observed
    order = observed.indices.sorted { (observed[$1], $0) < (observed[$0], $1) }
    let none = [Int](repeating: 0, count: observed.count)
    (alone, singleStep, stepDown) = (none, none, none)
  }

  /// Adds the sites' values under one pattern.
  mutating func add(_ values: [Double]) {
    let largest = values.max() ?? 0
    var soFar = 0.0
    for site in order.reversed() {
      soFar = max(soFar, values[site])
      let bound = observed[site] - Self.rounding
      if values[site] >= bound { alone[site] += 1 }
      if largest >= bound { singleStep[site] += 1 }
      if soFar >= bound { stepDown[site] += 1 }
    }
  }

  /// Adds the counts of other patterns.
  mutating func add(_ other: MaxTCounts) {
    for site in observed.indices {
      alone[site] += other.alone[site]
      singleStep[site] += other.singleStep[site]
      stepDown[site] += other.stepDown[site]
    }
  }

  /// The tests, step-down p made to grow from the most extreme site to the least.
  func tests(_ p: (_ asExtreme: Int) -> Double) -> [SignFlipTest] {
    var down = stepDown
    for (before, site) in zip(order, order.dropFirst()) {
      down[site] = max(down[site], down[before])
    }
    return observed.indices.map { site in
      SignFlipTest(p: p(alone[site]), singleStep: p(singleStep[site]), stepDown: p(down[site]))
    }
  }
}
