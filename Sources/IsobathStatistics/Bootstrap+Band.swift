// SPDX-License-Identifier: GPL-3.0-or-later

/// Intervals that hold at every site at once.
package struct SimultaneousBand: Sendable, Equatable {
  /// c: each interval is estimate ± c standard errors; nil when no site has an interval.
  package let critical: Double?
  /// One interval per site, all of the same c; a site without one says why.
  package let sites: [Interval]
}

extension Bootstrap {
  /// A band that holds the means of all sites at once in `level` of the cases.
  ///
  /// c is the quantile at `level` of max over sites of |mean* − mean|/se*, each resample drawn
  /// for all sites alike and studentised by its own standard error; the band is mean ± c·se.
  /// Max-|t| with shared resamples: Romano & Wolf, Econometrica 73 (2005); Montiel Olea &
  /// Plagborg-Møller, J. Appl. Econometrics 34 (2019).
  ///
  /// - Parameter rows: of each site, one value per document. A site whose values are all equal or
  ///   not finite has no interval and takes no part in the maximum.
  package func band(_ rows: [[Double]]) -> SimultaneousBand {
    let settled = rows.map { row in self.settled(row) { MeanRow($0, units).mean } }
    let open = rows.indices.filter { settled[$0] == nil }
    let table = open.map { MeanRow(rows[$0], units) }
    let critical = open.isEmpty ? nil : self.critical(table)
    var sites = settled
    for (site, row) in zip(open, table) {
      let few = units.count < IntervalRemark.few
      var (ends, remark): ((Double, Double)?, IntervalRemark?) = (nil, .degenerate)
      if let critical {
        let reach = critical * row.standardError
        ends = (row.mean - reach, row.mean + reach)
        remark = few ? .fewUnits(units.count, units.kind) : nil
      }
      sites[site] = interval(row.mean, ends, method: .studentised, remark: remark)
    }
    return SimultaneousBand(critical: critical, sites: sites.compactMap { $0 })
  }

  /// The quantile at `level` of the resamples' largest |deviate|; nil when it is infinite.
  private func critical(_ rows: [MeanRow]) -> Double? {
    let largest = UnsafeMutableBufferPointer<Double>.allocate(capacity: resamples.count)
    largest.initialize(repeating: 0)
    defer { largest.deallocate() }
    for start in stride(from: 0, to: rows.count, by: batch) {
      let members = Array(rows[start..<min(rows.count, start + batch)])
      let deviates = StudentisedMeans(members, resamples: resamples, threads: threads)
      for row in members.indices {
        for (resample, deviate) in deviates[row].enumerated() {
          largest[resample] = max(largest[resample], abs(deviate))
        }
      }
    }
    let critical = Distribution(largest).quantile(level)
    return critical.isFinite ? critical : nil
  }
}
