// SPDX-License-Identifier: GPL-3.0-or-later

/// A few resamples, each as the units that it drew, in order, and how often it drew each.
///
/// In order, so that a resample that happens to be a permutation of the sample sums to exactly
/// the sample's own value and counts as the tie that it is. About 63 % of the units appear in a
/// resample, which is what makes pairs shorter than a list of n draws.
struct ResampleBlock {
  /// Resample r is pairs `starts[r] ..< starts[r + 1]`.
  private(set) var starts: [Int] = [0]
  private(set) var unit: [Int32] = []
  private(set) var times: [Double] = []
  private var tally: [Int32]

  init(units: Int, capacity: Int) {
    tally = [Int32](repeating: 0, count: units)
    starts.reserveCapacity(capacity + 1)
    let pairs = capacity * units * 2 / 3
    unit.reserveCapacity(pairs)
    times.reserveCapacity(pairs)
  }

  /// Adds the resample that `draw` counts out; it is given zeros.
  mutating func append(_ draw: (UnsafeMutableBufferPointer<Int32>) -> Void) {
    tally.withUnsafeMutableBufferPointer { tally in
      draw(tally)
      for index in tally.indices where tally[index] > 0 {
        unit.append(Int32(truncatingIfNeeded: index))
        times.append(Double(tally[index]))
        tally[index] = 0
      }
    }
    starts.append(unit.count)
  }
}
