// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// One stored row for each of many documents at one site, in float32.
package struct PooledStates: Sendable {
  /// N × d.
  let matrix: Matrix

  /// N.
  package var documents: Int { matrix.rows }
  /// d.
  package var width: Int { matrix.columns }
  /// N/d: below 3 a pooled spectrum says more of N than of the states.
  package var documentsPerDimension: Double { Double(documents) / Double(max(width, 1)) }

  /// - Precondition: rows of one length.
  package init(_ rows: [[Float]]) {
    let width = rows.first?.count ?? 0
    precondition(
      rows.allSatisfy { $0.count == width }, "PooledStates: rows of unlike lengths")
    matrix = Matrix(rows.count, width, rows.flatMap { $0 })
  }

  private init(_ matrix: Matrix) { self.matrix = matrix }

  /// Some of the documents, in the order asked for.
  package func chosen(_ documents: [Int]) -> PooledStates {
    PooledStates(matrix.gathered(documents))
  }

  /// The documents as the rows that measures of pairs and of views take.
  package func trajectory() throws(MissingReason) -> Trajectory {
    try matrix.withView { (view) throws(MissingReason) in try Trajectory(view) }
  }

  /// The mean row, in float64.
  var mean: [Double] {
    var mean = [Double](repeating: 0, count: width)
    matrix.withView { view in
      for row in 0..<view.rows {
        for column in 0..<view.columns { mean[column] += Double(view[row, column]) }
      }
    }
    return mean.map { $0 / Double(max(documents, 1)) }
  }

  /// The rows less one row, in float64.
  func less(_ origin: [Double]) -> [Double] {
    var x = matrix.withView { widened($0) }
    for row in 0..<documents {
      for column in 0..<width { x[row * width + column] -= origin[column] }
    }
    return x
  }
}
