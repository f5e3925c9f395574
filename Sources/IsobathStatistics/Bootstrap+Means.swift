// SPDX-License-Identifier: GPL-3.0-or-later

extension Bootstrap {
  /// How many rows share a pass over the resamples: as many as keep the distributions at 20 MB.
  var batch: Int { max(1, 2_560_000 / resamples.count) }

  /// The mean over documents of each row, or a function of it, with its interval.
  ///
  /// - Parameters:
  ///   - rows: each one value per document; a missing value must be left out beforehand.
  ///   - function: applied to the mean of every resample, of every jackknife sample and of all
  ///     documents: the bootstrap of the whole expression, at the price of a mean.
  package func means(
    _ rows: [[Double]], through function: @Sendable (Double) -> Double = { $0 }
  ) -> [Interval] {
    var intervals: [Interval?] = rows.map { row in
      settled(row) { function(MeanRow($0, units).mean) }
    }
    let open = intervals.indices.filter { intervals[$0] == nil }
    for start in stride(from: 0, to: open.count, by: batch) {
      let members = open[start..<min(open.count, start + batch)]
      let table = MeanTable(members.map { rows[$0] }, units: units)
      for (row, interval) in zip(members, means(of: table, through: function)) {
        intervals[row] = interval
      }
    }
    return intervals.compactMap { $0 }
  }

  /// The intervals of one batch: all distributions, then each row's ends.
  private func means(
    of table: MeanTable, through function: @Sendable (Double) -> Double
  ) -> [Interval] {
    if method == .studentised {
      let deviates = StudentisedMeans(
        table.rows, resamples: resamples, threads: threads, through: function)
      return intervals(table.rows, through: function) { deviates[$0] }
    }
    let distributions = MeanDistributions(table, resamples: resamples, threads: threads)
    return intervals(table.rows, through: function) { index in
      let values = distributions[index]
      for resample in values.indices { values[resample] = function(values[resample]) }
      return values
    }
  }

  /// The interval of each row, given what the resamples say of it.
  private func intervals(
    _ rows: [MeanRow], through function: @Sendable (Double) -> Double,
    _ resampled: @Sendable (Int) -> UnsafeMutableBufferPointer<Double>
  ) -> [Interval] {
    let slots = UnsafeMutableBufferPointer<Interval?>.allocate(capacity: rows.count)
    slots.initialize(repeating: nil)
    defer {
      slots.deinitialize()
      slots.deallocate()
    }
    // Each task writes the slot of its own row.
    nonisolated(unsafe) let results = slots
    parallel(rows.count, threads: threads) { index in
      let row = rows[index]
      results[index] = interval(
        function(row.mean), from: Distribution(resampled(index)),
        standardError: deltaError(row.mean, row.standardError, through: function),
        jackknife: Jackknife(values: row.jackknife.map(function)))
    }
    return slots.compactMap { $0 }
  }
}
