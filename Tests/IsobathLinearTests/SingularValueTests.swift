// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear
import IsobathTestSupport
import Testing

extension Tolerance {
  /// Singular values relative to the largest: float32 with a few roundings of 6e-8; worst seen 5.2e-7.
  static let singularValues = 1e-6
}

/// float32 singular values against closed forms and against float64 eigenvalues.
@Suite struct SingularValueTests {
  @Test(arguments: [false, true]) func ofADiagonal(_ vectors: Bool) throws {
    let a = Matrix(2, 3, [0, 0, -3, 4, 0, 0])
    let found = try a.withView { try singularValues($0, vectors: vectors) }
    #expect(
      found.count == 2 && abs(found[0] - 4) < 4 * Float(Tolerance.singularValues)
        && abs(found[1] - 3) < Float(Tolerance.singularValues))
  }

  @Test(arguments: [(5, 5), (40, 17), (17, 40)], [false, true])
  func squaresAreTheGramsEigenvalues(_ shape: (Int, Int), _ vectors: Bool) throws {
    var noise = Noise(11)
    let (rows, columns) = shape
    let a = Matrix(rows, columns, noise.floats(rows * columns))
    let side: GramSide = rows <= columns ? .rows : .columns
    let known = try eigenvalues(a.withView { gram($0, side: side) })
    let found = try a.withView { try singularValues($0, vectors: vectors) }
    #expect(found.count == min(rows, columns))
    let worst = WorstError(
      "singular values, \(rows) × \(columns)", tolerance: Tolerance.singularValues)
    for (value, square) in zip(found, known.reversed()) {
      let exact = max(square, 0).squareRoot()
      worst.record((Double(value) - exact) / known[known.count - 1].squareRoot(), at: "\(exact)")
    }
    worst.check()
  }

  /// Views with a stride, and none at all.
  @Test func partsOfAMatrix() throws {
    let a = Matrix(2, 4, [9, 3, 0, 9, 9, 0, 2, 9])
    let found = try a.withView { try singularValues($0.columns(1..<3), vectors: false) }
    #expect(
      abs(found[0] - 3) < Float(Tolerance.singularValues)
        && abs(found[1] - 2) < Float(Tolerance.singularValues))
    #expect(try Matrix(zeros: 0, 4).withView { try singularValues($0, vectors: true) }.isEmpty)
  }

  @Test func whatIsNotFiniteIsRefused() {
    let a = Matrix(2, 1, [1, .nan])
    #expect(throws: SingularValueError.notFinite(rows: 2, columns: 1)) {
      try a.withView { try singularValues($0, vectors: false) }
    }
    #expect(throws: SingularValueError.notFinite(rows: 1, columns: 1)) {
      try Matrix(1, 1, [-.infinity]).withView { try singularValues($0, vectors: true) }
    }
  }

  /// The shape alone decides: no element of so large a matrix is looked at.
  @Test func whatLapackCannotCountIsRefused() {
    Matrix(1, 1, [1]).withView { a in
      let huge = MatrixView(a.pointer, rows: 40_000, columns: 40_000, stride: 0)
      #expect(throws: SingularValueError.tooLarge(rows: 40_000, columns: 40_000)) {
        try singularValues(huge, vectors: true)
      }
    }
    let errors: [SingularValueError] = [
      .notFinite(rows: 2, columns: 3), .tooLarge(rows: 2, columns: 3),
      .noConvergence(rows: 2, columns: 3, info: 7),
    ]
    for error in errors { #expect(error.description.contains("2 × 3")) }
  }
}
