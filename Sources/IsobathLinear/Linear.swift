// SPDX-License-Identifier: GPL-3.0-or-later

/// `y = x · wᵀ + bias`: x is n × k, w is m × k, y is n × m.
///
/// Rows are cut into slices of one height, so a row's bits depend neither on the number of threads nor
/// on which other rows are present; a resumed run repeats the interrupted one exactly.
package func linear(_ x: Matrix, _ w: Matrix, bias: [Float]?) -> Matrix {
  precondition(
    x.columns == w.columns, "linear: \(x.rows)×\(x.columns) times (\(w.rows)×\(w.columns))ᵀ")
  precondition(bias == nil || bias?.count == w.rows, "linear: bias of \(bias?.count ?? 0)")
  var y = Matrix(uninitialized: x.rows, w.rows)
  let slices = Slices(rows: x.rows, outputs: w.rows)
  y.withMutableView { y in
    x.withView { x in
      w.withView { w in
        Workers.run(slices.count) { index in
          let (rows, outputs) = slices[index]
          let target = y.rows(rows).columns(outputs)
          product(x.rows(rows), w.rows(outputs), into: target)
          if let bias { add(bias, outputs, to: target) }
        }
      }
    }
  }
  return y
}

/// The tasks of a linear layer: slices of rows, and of outputs where rows alone are too few.
private struct Slices {
  let rows: Int
  let outputs: Int
  private let height = 256
  private let panels: Int

  init(rows: Int, outputs: Int) {
    self.rows = rows
    self.outputs = outputs
    // Panels of whole cache lines; a quarter of the outputs at least keeps OpenBLAS' packing cheap.
    let slices = (rows + 255) / 256
    panels = slices >= 4 || outputs < 256 ? 1 : slices >= 2 ? 2 : 4
  }

  var count: Int { (rows + height - 1) / height * panels }

  subscript(index: Int) -> (rows: Range<Int>, outputs: Range<Int>) {
    let (slice, panel) = (index / panels, index % panels)
    let width = ((outputs + panels - 1) / panels + 15) / 16 * 16
    let start = min(panel * width, outputs)
    return (
      (slice * height)..<min((slice + 1) * height, rows), start..<min(start + width, outputs)
    )
  }
}

/// OpenBLAS takes another kernel, with another order of sums, for products of up to a million
/// multiply-adds. A slice that small is padded with rows until it is above.
private let smallProduct = 2 << 20

private func product(_ x: MatrixView, _ w: MatrixView, into y: MatrixView) {
  let perRow = max(w.rows * x.columns, 1)
  let needed = min(smallProduct / perRow + 1, 256)
  guard x.rows < needed else {
    Dense.gemm(x, transposeA: false, w, transposeB: true, into: y)
    return
  }
  var padded = Matrix(zeros: needed, x.columns)
  var result = Matrix(uninitialized: needed, w.rows)
  padded.withMutableView { padded in
    copy(x, to: padded)
    result.withMutableView { result in
      Dense.gemm(padded, transposeA: false, w, transposeB: true, into: result)
      copy(result.rows(0..<y.rows), to: y)
    }
  }
}

private func copy(_ source: MatrixView, to target: MatrixView) {
  for row in 0..<source.rows {
    (target.pointer + row * target.stride).update(
      from: source.pointer + row * source.stride, count: source.columns)
  }
}

private func add(_ bias: [Float], _ outputs: Range<Int>, to y: MatrixView) {
  bias.withUnsafeBufferPointer { bias in
    guard let base = bias.baseAddress else { return }
    for row in 0..<y.rows {
      Kernels.add(y.pointer + row * y.stride, base + outputs.lowerBound, outputs.count)
    }
  }
}
