// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathLinear
import IsobathTestSupport
import Testing

/// Gram matrices and eigenvalues against closed forms and properties.
@Suite struct EigenTests {
  @Test func gramOfKnownRows() {
    let x = [1.0, 2, 3, 4, 5, 6]
    let rows = gram(x, rows: 2, columns: 3, side: .rows)
    #expect(rows.elements == [14, 32, 32, 77])
    let columns = gram(x, rows: 2, columns: 3, side: .columns)
    #expect(columns.elements == [17, 22, 27, 22, 29, 36, 27, 36, 45])
    #expect(rows.trace == columns.trace)
  }

  @Test func blocks() {
    let a = SymmetricMatrix(order: 3, elements: [1, 2, 3, 2, 4, 5, 3, 5, 6])
    #expect(a.principal([2, 0]).elements == [6, 3, 3, 1])
    #expect(a.principal([0, 1]).elements == a.leading(2).elements)
    #expect(a.principal([]).order == 0)
  }

  @Test func runningSums() {
    var sum = SymmetricMatrix(zeros: 3)
    sum.addGramToLower([1, 2, 3], rows: 1)
    var other = SymmetricMatrix(zeros: 3)
    other.addGramToLower([4, 5, 6, 0, 1, 0], rows: 2, factor: 2)
    sum.add(other)
    sum.addGramToLower([], rows: 0)
    #expect(sum[0, 1] == 0)
    sum.mirrorLower()
    #expect(sum.elements == [33, 42, 51, 42, 56, 66, 51, 66, 81])
  }

  @Test func doubleProducts() {
    let (a, b) = ([1.0, 2, 3, 4, 5, 6], [1.0, 0, 0, 1, 2, 2])
    #expect(product(a, b, rows: 2, inner: 3, columns: 2) == [7, 8, 16, 17])
    #expect(product(a, b, rows: 2, inner: 3, columns: 2, transposed: true) == [1, 11, 4, 26])
    #expect(product([], [], rows: 2, inner: 0, columns: 1) == [0, 0])
  }

  /// The second difference matrix of order n has eigenvalues 2 − 2 cos(kπ / (n + 1)).
  @Test(arguments: [1, 2, 5, 64, 301]) func secondDifferences(_ n: Int) throws {
    var elements = [Double](repeating: 0, count: n * n)
    for i in 0..<n {
      elements[i * n + i] = 2
      if i > 0 { (elements[i * n + i - 1], elements[(i - 1) * n + i]) = (-1, -1) }
    }
    let found = try eigenvalues(SymmetricMatrix(order: n, elements: elements))
    let worst = WorstError("second differences, order \(n)", tolerance: Tolerance.eigenvalues)
    for (k, value) in found.enumerated() {
      let known = 2 - 2 * cos(Double(k + 1) * Double.pi / Double(n + 1))
      worst.record((value - known) / 4, at: "eigenvalue \(k)")
    }
    worst.check()
  }

  @Test func vectorsDiagonalise() throws {
    var noise = Noise(7)
    let n = 40
    let a = gram(noise.doubles(n * 50), rows: n, columns: 50, side: .rows)
    let (values, vectors) = try eigenSystem(a)
    let worst = WorstError("A v = λ v", tolerance: Tolerance.eigenvalues)
    for k in 0..<n {
      for i in 0..<n {
        var product = 0.0
        for j in 0..<n { product += a[i, j] * vectors[k * n + j] }
        worst.record((product - values[k] * vectors[k * n + i]) / values[n - 1], at: "\(i), \(k)")
      }
    }
    worst.check()
    let sum = values.reduce(0, +)
    #expect(abs(sum - a.trace) < 1e-10 * a.trace)
  }

  @Test func whatIsNotFiniteIsRefused() {
    #expect(throws: LinearError.notFinite(order: 2)) {
      try eigenvalues(SymmetricMatrix(order: 2, elements: [1, .nan, .nan, 1]))
    }
    #expect(throws: LinearError.notFinite(order: 1)) {
      try eigenvalues(SymmetricMatrix(order: 1, elements: [.infinity]))
    }
  }
}
