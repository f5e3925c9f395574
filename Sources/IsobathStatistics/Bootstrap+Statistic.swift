// SPDX-License-Identifier: GPL-3.0-or-later

extension Bootstrap {
  /// Any statistic of the documents' values, with its interval: the whole statistic is computed
  /// on every resample, as a ratio or an exponential of a mean needs.
  ///
  /// - Parameters:
  ///   - values: one per document; a missing value must be left out beforehand.
  ///   - statistic: called with the values of a resample, in the documents' order, each as often
  ///     as it was drawn. It must not depend on anything else.
  package func statistic(
    _ values: [Double], _ statistic: @Sendable ([Double]) -> Double
  ) -> Interval {
    if let settled = settled(values, estimate: statistic) { return settled }
    let distribution = UnsafeMutableBufferPointer<Double>.allocate(capacity: resamples.count)
    distribution.initialize(repeating: 0)
    defer { distribution.deallocate() }
    // Each task writes the resamples of its own block.
    nonisolated(unsafe) let results = distribution
    parallel(resamples.blocks, threads: threads) { k in
      let block = resamples.block(k)
      let first = resamples.range(ofBlock: k).lowerBound
      var drawn: [Double] = []
      for resample in 0..<block.starts.count - 1 {
        drawn.removeAll(keepingCapacity: true)
        for pair in block.starts[resample]..<block.starts[resample + 1] {
          for document in units.members[Int(block.unit[pair])] {
            for _ in 0..<Int(block.times[pair]) { drawn.append(values[document]) }
          }
        }
        results[first + resample] = statistic(drawn)
      }
    }
    let jackknife = units.members.map { left in
      statistic(values.indices.filter { !left.contains($0) }.map { values[$0] })
    }
    return interval(
      statistic(values), from: Distribution(distribution), jackknife: Jackknife(values: jackknife))
  }
}
