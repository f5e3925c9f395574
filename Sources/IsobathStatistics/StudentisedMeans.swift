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
    // Rows about their own means, so that sums of squares lose nothing to cancellation.
    let centred = MeanTable(
      rows.map { MeanRow(sums: $0.residuals, sizes: $0.sizes) }, units: resamples.units)
    let means = rows.map(\.mean)
    parallel(resamples.blocks, threads: threads) { [self] k in
      let block = resamples.block(k)
      let first = resamples.range(ofBlock: k).lowerBound
      for chunk in 0..<centred.chunks {
        let firstRow = chunk * MeanTable.Lane.scalarCount
        for resample in 0..<block.starts.count - 1 {
          let moments = ResampleMoments(block, resample, of: centred, chunk)
          for row in firstRow..<min(rows.count, firstRow + MeanTable.Lane.scalarCount) {
            storage[row * count + first + resample] = moments.deviate(
              row - firstRow, mean: means[row], through: function)
          }
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

/// The sums over one resample that its mean and standard error follow from, for 16 rows; t is how
/// often a unit is drawn, r its residual and n its size.
private struct ResampleMoments {
  private let units: Double
  /// Σ t n and Σ t n².
  private var (documents, sizeSquares) = (0.0, 0.0)
  /// Σ t r, Σ t r² and Σ t r n.
  private var (first, squares, cross) = (
    MeanTable.Lane.zero, MeanTable.Lane.zero, MeanTable.Lane.zero
  )

  init(_ block: ResampleBlock, _ resample: Int, of table: MeanTable, _ chunk: Int) {
    units = Double(table.units)
    table.lanes.withUnsafeBufferPointer { lanes in
      for pair in block.starts[resample]..<block.starts[resample + 1] {
        let (unit, times) = (Int(block.unit[pair]), block.times[pair])
        let residual = lanes[chunk * table.units + unit]
        let drawn = residual * times
        first += drawn
        squares += drawn * residual
        let size = table.sizes?[unit] ?? 1
        documents += times * size
        sizeSquares += times * size * size
        if table.sizes != nil { cross += drawn * size }
      }
    }
    if table.sizes == nil { cross = first }
  }

  /// The deviate of one row. With δ = Σ t r / Σ t n the mean's shift, the resample's own residuals
  /// are e = r − δ n, and se*² = k/(k − 1) Σ t e² / (Σ t n)² over k units.
  func deviate(_ row: Int, mean: Double, through function: (Double) -> Double) -> Double {
    let shift = first[row] / documents
    let spread = squares[row] - 2 * shift * cross[row] + shift * shift * sizeSquares
    // Below this the sum is what rounding leaves of a resample that has no spread.
    let error =
      spread > 1e-12 * squares[row]
      ? (units / (units - 1) * spread).squareRoot() / documents : 0
    let moved = function(mean + shift) - function(mean)
    let scale = error > 0 ? deltaError(mean + shift, error, through: function) : 0
    return moved == 0 ? 0 : moved / scale
  }
}
