// SPDX-License-Identifier: GPL-3.0-or-later

extension Matrix {
  /// Matrices of equal width, one above the other; a shape alone when the parts are shapes alone.
  package init(stacking parts: [Matrix]) {
    let columns = parts.first?.columns ?? 0
    precondition(
      parts.allSatisfy { $0.columns == columns },
      "Matrix: stacking widths \(parts.map(\.columns))")
    let rows = parts.reduce(0) { $0 + $1.rows }
    guard parts.allSatisfy(\.holdsElements) else {
      self.init(shapeOnly: rows, columns)
      return
    }
    self.init(uninitialized: rows, columns)
    var start = 0
    for part in parts {
      withMutableView(rows: start..<(start + part.rows)) { target in
        part.withView { target.pointer.update(from: $0.pointer, count: part.count) }
      }
      start += part.rows
    }
  }

  /// The elements of a view, without the gaps between its rows.
  package init(copying view: MatrixView) {
    self.init(uninitialized: view.rows, view.columns)
    withMutableView { target in
      for row in 0..<view.rows {
        (target.pointer + row * target.stride).update(
          from: view.pointer + row * view.stride, count: view.columns)
      }
    }
  }

  /// A copy of some consecutive rows; a shape alone when this is one.
  package func slice(_ range: Range<Int>) -> Matrix {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of \(rows)")
    guard holdsElements else { return Matrix(shapeOnly: range.count, columns) }
    var result = Matrix(uninitialized: range.count, columns)
    result.withMutableView { target in
      withView(rows: range) {
        target.pointer.update(from: $0.pointer, count: target.rows * columns)
      }
    }
    return result
  }

  /// Copies of some rows, in the order asked for.
  package func gathered(_ indices: [Int]) -> Matrix {
    var result = Matrix(uninitialized: indices.count, columns)
    result.withMutableView { target in
      withView { source in
        for (row, index) in indices.enumerated() {
          precondition(index >= 0 && index < rows, "row \(index) of \(rows)")
          (target.pointer + row * columns).update(
            from: source.pointer + index * columns, count: columns)
        }
      }
    }
    return result
  }

  /// Adds `weights[i] · parts[i]` to row `indices[i]`, for every row i of `parts`.
  package mutating func addRows(_ parts: Matrix, at indices: [Int], weights: [Float]) {
    precondition(
      parts.rows == indices.count && weights.count == indices.count && parts.columns == columns,
      "addRows: \(parts.rows)×\(parts.columns), \(indices.count) rows, \(weights.count) weights")
    let (rows, columns) = (rows, columns)
    withMutableView { target in
      parts.withView { source in
        for (row, index) in indices.enumerated() {
          precondition(index >= 0 && index < rows, "row \(index) of \(rows)")
          let (to, from) = (target.pointer + index * columns, source.pointer + row * columns)
          for column in 0..<columns { to[column] += weights[row] * from[column] }
        }
      }
    }
  }
}
