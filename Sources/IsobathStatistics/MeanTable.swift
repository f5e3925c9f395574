// SPDX-License-Identifier: GPL-3.0-or-later

/// One row of values gathered by unit: the mean is Σ sums / Σ sizes, over units.
struct MeanRow: Sendable {
  let sums: [Double]
  /// Documents in each unit; nil when each unit is one.
  let sizes: [Double]?

  init(sums: [Double], sizes: [Double]?) {
    self.sums = sums
    self.sizes = sizes
  }

  init(_ values: [Double], _ units: Units) {
    if units.areDocuments {
      sums = values
      sizes = nil
    } else {
      sums = units.members.map { $0.reduce(0) { $0 + values[$1] } }
      sizes = units.members.map { Double($0.count) }
    }
  }

  /// Added in the order of the units, as every resample is: a permutation gives the same bits.
  private var sum: Double { sums.reduce(0, +) }

  private var documents: Double { sizes?.reduce(0, +) ?? Double(sums.count) }

  var mean: Double { sum / documents }

  /// The means with each unit left out.
  var jackknife: [Double] {
    let (sum, documents) = (sum, documents)
    return sums.indices.map { unit in (sum - sums[unit]) / (documents - (sizes?[unit] ?? 1)) }
  }
}

/// Rows side by side in lanes of 16, so that one pass over a resample serves 16 rows.
struct MeanTable: Sendable {
  typealias Lane = SIMD16<Double>

  let rows: [MeanRow]
  let units: Int
  let sizes: [Double]?
  /// `lanes[chunk * units + unit]`, chunk = row / 16; lanes past the last row are zero.
  let lanes: [Lane]

  var chunks: Int { (rows.count + Lane.scalarCount - 1) / Lane.scalarCount }

  init(_ values: [[Double]], units: Units) {
    self.init(values.map { MeanRow($0, units) }, units: units.count)
  }

  init(_ rows: [MeanRow], units: Int) {
    var lanes = [Lane](
      repeating: .zero, count: (rows.count + Lane.scalarCount - 1) / Lane.scalarCount * units)
    for (index, row) in rows.enumerated() {
      let (chunk, lane) = index.quotientAndRemainder(dividingBy: Lane.scalarCount)
      for (unit, sum) in row.sums.enumerated() { lanes[chunk * units + unit][lane] = sum }
    }
    self.rows = rows
    self.units = units
    self.sizes = rows.first?.sizes
    self.lanes = lanes
  }
}
