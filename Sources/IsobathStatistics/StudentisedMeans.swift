// SPDX-License-Identifier: GPL-3.0-or-later

/// The deviates (f(mean*) − f(mean))/se* of the means of some rows over all resamples, B × 8
/// bytes a row, where se* is each resample's own standard error, through f by the delta method.
///
/// A resample without spread (one unit drawn k times) has an infinite deviate of its sign.
final class StudentisedMeans: Sendable {
  /// Row after row, each `count` long.
  private nonisolated(unsafe) let storage: UnsafeMutableBufferPointer<Double>
  private let count: Int

  init(
    _ rows: [MeanRow], resamples: Resamples, threads: Int,
    through function: @Sendable (Double) -> Double = { $0 }
  ) {
    count = resamples.count
    storage = .allocate(capacity: rows.count * count)
    storage.initialize(repeating: 0)
    let centred = rows.map(CentredRow.init)
    parallel(resamples.blocks, threads: threads) { [self] k in
      let block = resamples.block(k)
      let first = resamples.range(ofBlock: k).lowerBound
      for (index, row) in centred.enumerated() {
        for resample in 0..<block.starts.count - 1 {
          storage[index * count + first + resample] = row.deviate(
            block, resample, through: function)
        }
      }
    }
  }

  deinit { storage.deallocate() }

  /// The deviates of one row.
  subscript(row: Int) -> UnsafeMutableBufferPointer<Double> {
    UnsafeMutableBufferPointer(rebasing: storage[row * count..<(row + 1) * count])
  }
}

/// A row about its own mean, so that sums of squares lose nothing to cancellation.
private struct CentredRow: Sendable {
  let mean: Double
  let residuals: [Double]
  let sizes: [Double]?

  init(_ row: MeanRow) {
    mean = row.mean
    residuals = row.residuals
    sizes = row.sizes
  }

  /// The deviate of one resample. With t how often each unit is drawn, N = Σ t n and
  /// δ = Σ t r / N the mean's shift, the resample's own residuals are e = r − δ n, and
  /// se*² = k/(k − 1) Σ t e² / N².
  func deviate(
    _ block: ResampleBlock, _ resample: Int, through function: (Double) -> Double
  ) -> Double {
    var (documents, first, squares, cross, sizeSquares) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for pair in block.starts[resample]..<block.starts[resample + 1] {
      let (unit, times) = (Int(block.unit[pair]), block.times[pair])
      let (residual, size) = (residuals[unit], sizes?[unit] ?? 1)
      documents += times * size
      first += times * residual
      squares += times * residual * residual
      cross += times * residual * size
      sizeSquares += times * size * size
    }
    let k = Double(residuals.count)
    let shift = first / documents
    let spread = squares - 2 * shift * cross + shift * shift * sizeSquares
    // Below this the sum is what rounding leaves of a resample that has no spread.
    let error =
      spread > 1e-12 * squares ? (k / (k - 1) * spread).squareRoot() / documents : 0
    let moved = function(mean + shift) - function(mean)
    let scale = error > 0 ? deltaError(mean + shift, error, through: function) : 0
    return moved == 0 ? 0 : moved / scale
  }
}
