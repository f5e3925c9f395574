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
}
