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
          Dense.rowwise(x.rows(rows), w.rows(outputs), into: target)
          if let bias { Elementwise.add(bias, outputs, to: target) }
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
