// SPDX-License-Identifier: GPL-3.0-or-later

/// The intervals of one law's numbers over resamples of the documents.
package struct ResampledLaw: Sendable, Equatable {
  package let a: Interval
  package let b: Interval
  /// nil for a law without a constant.
  package let c: Interval?
  /// Resamples in which there was no fit.
  package let failed: Int
  package let resamples: Int

  /// More failures than this share, and there is no interval.
  package static let tolerated = 0.01

  /// What the reader must know; empty when all resamples have a fit.
  package var note: String {
    guard failed > 0 else { return "" }
    let count = "\(failed) of \(resamples) resamples have no fit"
    let isMany = Double(failed) > Self.tolerated * Double(resamples)
    return isMany ? "no interval: \(count)" : "\(count) and are left out of the interval"
  }
}

extension Bootstrap {
  /// The intervals of a law through resamples of documents: each resample, the same for all models,
  /// averages its documents in every row, makes of the averages one value for each size, and fits.
  ///
  /// - Parameters:
  ///   - rows: per-document values, one row for each model, or more when a value is made of several.
  ///   - sizes: P of each size.
  ///   - law: what is fitted.
  ///   - values: the values at all sizes, from the rows' averages.
  /// - Returns: nil when the documents themselves have no fit, there is one unit only, or the method
  ///   is studentised, which would need a bootstrap within each resample.
  package func sizeLaw(
    _ rows: [[Double]], sizes: [Double], _ law: SizeLaw,
    through values: @Sendable ([Double]) -> [Double]
  ) -> ResampledLaw? {
    precondition(rows.allSatisfy { $0.count == units.documents }, "rows of other documents")
    guard units.count > 1, method != .studentised else { return nil }
    let sums = UnitSums(rows, units)
    let whole = Triple(values(sums.means()), sizes, law)
    guard whole.hasFit else { return nil }
    let count = resamples.count
    let buffers = (0..<3).map { _ in UnsafeMutableBufferPointer<Double>.allocate(capacity: count) }
    for buffer in buffers { buffer.initialize(repeating: .nan) }
    defer { for buffer in buffers { buffer.deallocate() } }
    // Each task writes the resamples of its own block.
    nonisolated(unsafe) let results = buffers
    parallel(resamples.blocks, threads: threads) { k in
      guard let fitter = Triple.fitter(sizes) else { return }
      let block = resamples.block(k)
      let first = resamples.range(ofBlock: k).lowerBound
      for resample in 0..<block.starts.count - 1 {
        let found = Triple(values(sums.means(block, resample)), fitter, law)
        for (buffer, number) in zip(results, found.numbers) { buffer[first + resample] = number }
      }
    }
    let jackknife = units.members.indices.map {
      Triple(values(sums.means(without: $0)), sizes, law)
    }
    return described(law, whole, buffers, jackknife)
  }

  private func described(
    _ law: SizeLaw, _ whole: Triple, _ buffers: [UnsafeMutableBufferPointer<Double>],
    _ jackknife: [Triple]
  ) -> ResampledLaw {
    let failed = buffers[1].count { !$0.isFinite }
    let hasInterval = Double(failed) <= ResampledLaw.tolerated * Double(resamples.count)
    let intervals = (0..<law.parameters).map { index in
      let kept = buffers[index].filter(\.isFinite)
      let copy = UnsafeMutableBufferPointer<Double>.allocate(capacity: kept.count)
      defer { copy.deallocate() }
      _ = copy.initialize(from: kept)
      guard hasInterval else {
        return interval(whole.numbers[index], nil, remark: .degenerate)
      }
      if let least = kept.min(), let most = kept.max(),
        most - least <= Distribution.rounding * max(abs(least), abs(most))
      {
        return interval(whole.numbers[index], nil, remark: .allEqual(n: units.documents))
      }
      let left = Jackknife(values: jackknife.map { $0.numbers[index] })
      return interval(
        whole.numbers[index], from: Distribution(copy), standardError: left.standardError(),
        jackknife: left)
    }
    return ResampledLaw(
      a: intervals[0], b: intervals[1], c: intervals.count > 2 ? intervals[2] : nil,
      failed: failed, resamples: resamples.count)
  }
}

/// a, b and c of a fit, or three times NaN.
private struct Triple: Sendable {
  let numbers: [Double]

  var hasFit: Bool { numbers[1].isFinite }

  static func fitter(_ sizes: [Double]) -> SizeFitter? {
    do throws(SizeFitFailure) { return try SizeFitter(sizes: sizes) } catch { return nil }
  }

  init(_ values: [Double], _ sizes: [Double], _ law: SizeLaw) {
    self.init(values, Triple.fitter(sizes), law)
  }

  init(_ values: [Double], _ fitter: SizeFitter?, _ law: SizeLaw) {
    do throws(SizeFitFailure) {
      guard let fit = try fitter?.fit(values, law) else {
        numbers = [.nan, .nan, .nan]
        return
      }
      numbers = [fit.a.value, fit.b.value, fit.c?.value ?? 0]
    } catch { numbers = [.nan, .nan, .nan] }
  }
}

/// Each row's sum over each unit's documents: a resample's mean is then a short sum.
private struct UnitSums: Sendable {
  /// [row][unit].
  private let sums: [[Double]]
  private let counts: [Double]

  init(_ rows: [[Double]], _ units: Units) {
    sums = rows.map { row in units.members.map { $0.reduce(0) { $0 + row[$1] } } }
    counts = units.members.map { Double($0.count) }
  }

  /// The rows' means over all units, or all but one.
  func means(without left: Int? = nil) -> [Double] {
    let kept = counts.indices.filter { $0 != left }
    let total = kept.reduce(0) { $0 + counts[$1] }
    return sums.map { row in kept.reduce(0) { $0 + row[$1] } / total }
  }

  /// The rows' means over a resample.
  func means(_ block: ResampleBlock, _ resample: Int) -> [Double] {
    let pairs = block.starts[resample]..<block.starts[resample + 1]
    var total = 0.0
    for pair in pairs { total += block.times[pair] * counts[Int(block.unit[pair])] }
    return sums.map { row in
      var sum = 0.0
      for pair in pairs { sum += block.times[pair] * row[Int(block.unit[pair])] }
      return sum / total
    }
  }
}
