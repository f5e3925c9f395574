// SPDX-License-Identifier: GPL-3.0-or-later

/// The bootstrap distributions of the means of a table's rows: the product of the B × units table
/// of counts with the units × rows table of values, B × 8 bytes a row.
final class MeanDistributions: Sendable {
  /// Row after row, each `count` long.
  private nonisolated(unsafe) let storage: UnsafeMutableBufferPointer<Double>
  private let count: Int

  init(_ table: MeanTable, resamples: Resamples, threads: Int) {
    count = resamples.count
    storage = .allocate(capacity: table.rows.count * count)
    storage.initialize(repeating: 0)
    parallel(resamples.blocks, threads: threads) { [self] k in
      let block = resamples.block(k)
      let first = resamples.range(ofBlock: k).lowerBound
      let documents = Self.documents(in: block, table: table)
      for chunk in 0..<table.chunks {
        fill(chunk, of: table, block, documents: documents, from: first)
      }
    }
  }

  deinit { storage.deallocate() }

  /// The distribution of one row.
  subscript(row: Int) -> UnsafeMutableBufferPointer<Double> {
    UnsafeMutableBufferPointer(rebasing: storage[row * count..<(row + 1) * count])
  }

  /// How many documents each resample of the block holds: always n unless units differ in size.
  private static func documents(in block: ResampleBlock, table: MeanTable) -> [Double] {
    (1..<block.starts.count).map { end in
      guard let sizes = table.sizes else { return Double(table.units) }
      return (block.starts[end - 1]..<block.starts[end]).reduce(0) {
        $0 + block.times[$1] * sizes[Int(block.unit[$1])]
      }
    }
  }

  /// mean = Σ_unit times · sum / documents, for 16 rows and the resamples of a block.
  private func fill(
    _ chunk: Int, of table: MeanTable, _ block: ResampleBlock, documents: [Double],
    from first: Int
  ) {
    let firstRow = chunk * MeanTable.Lane.scalarCount
    let rows = min(MeanTable.Lane.scalarCount, table.rows.count - firstRow)
    table.lanes.withUnsafeBufferPointer { lanes in
      let values = UnsafeBufferPointer(
        rebasing: lanes[chunk * table.units..<(chunk + 1) * table.units])
      for resample in documents.indices {
        let sum = Self.sum(block, resample, values) / documents[resample]
        for row in 0..<rows {
          storage[(firstRow + row) * count + first + resample] = sum[row]
        }
      }
    }
  }

  /// Σ_unit times · value of one resample, the units in order.
  private static func sum(
    _ block: ResampleBlock, _ resample: Int, _ values: UnsafeBufferPointer<MeanTable.Lane>
  ) -> MeanTable.Lane {
    var sum = MeanTable.Lane.zero
    block.unit.withUnsafeBufferPointer { unit in
      block.times.withUnsafeBufferPointer { times in
        for pair in block.starts[resample]..<block.starts[resample + 1] {
          sum += values[Int(unit[pair])] * times[pair]
        }
      }
    }
    return sum
  }
}
