// SPDX-License-Identifier: GPL-3.0-or-later

extension Bootstrap {
  /// Any statistic of the documents' values, with its interval: the whole statistic is computed
  /// on every resample, as a ratio or an exponential of a mean needs.
  ///
  /// Studentised, it is computed B·0.63·n times more: each resample has its own jackknife.
  ///
  /// - Parameters:
  ///   - values: one per document; a missing value must be left out beforehand.
  ///   - statistic: called with the values of a resample, in the documents' order, each as often
  ///     as it was drawn. It must not depend on anything else.
  package func statistic(
    _ values: [Double], _ statistic: @Sendable ([Double]) -> Double
  ) -> Interval {
    settled(values, estimate: statistic) ?? resampled(values, statistic)
  }

  /// Any statistic of whatever is known of each document, such as a ratio of the means of two
  /// values, with its interval.
  ///
  /// - Parameters:
  ///   - documents: one element per document.
  ///   - statistic: as in `statistic(_:_:)`.
  package func functional<Element: Sendable>(
    _ documents: [Element], _ statistic: @Sendable ([Element]) -> Double
  ) -> Interval {
    precondition(
      documents.count == units.documents,
      "\(documents.count) elements for \(units.documents) documents")
    guard !documents.isEmpty else { return interval(nil, nil, remark: .noValues) }
    guard units.count > 1 else {
      let estimate = statistic(documents)
      let finite = estimate.isFinite
      return interval(
        finite ? estimate : nil, nil, remark: finite ? .oneUnit(units.kind) : .degenerate)
    }
    return resampled(documents, statistic)
  }

  private func resampled<Element: Sendable>(
    _ documents: [Element], _ statistic: @Sendable ([Element]) -> Double
  ) -> Interval {
    let distribution = UnsafeMutableBufferPointer<Double>.allocate(capacity: resamples.count)
    distribution.initialize(repeating: 0)
    defer { distribution.deallocate() }
    // Each task writes the resamples of its own block.
    nonisolated(unsafe) let results = distribution
    let estimate = statistic(documents)
    parallel(resamples.blocks, threads: threads) { k in
      let block = resamples.block(k)
      let first = resamples.range(ofBlock: k).lowerBound
      var drawn = DrawnDocuments(of: documents, in: units)
      for resample in 0..<block.starts.count - 1 {
        drawn.draw(block, resample)
        let value = statistic(drawn.elements)
        results[first + resample] =
          method == .studentised ? drawn.deviate(value, from: estimate, statistic) : value
      }
    }
    func jackknife() -> Jackknife {
      Jackknife(
        values: units.members.map { left in
          statistic(documents.indices.filter { !left.contains($0) }.map { documents[$0] })
        })
    }
    return interval(
      estimate, from: Distribution(distribution), standardError: jackknife().standardError(),
      jackknife: jackknife())
  }
}
