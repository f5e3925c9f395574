// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathStatistics
import IsobathTestSupport
import Testing

@Suite struct EigenvalueTests {
  /// The second-difference matrix of order n has the eigenvalues 2 − 2 cos(kπ/(n + 1)).
  @Test("a known spectrum", arguments: [1, 2, 7, 64])
  func secondDifferences(_ n: Int) throws {
    var matrix = [Double](repeating: 0, count: n * n)
    for i in 0..<n {
      matrix[i * n + i] = 2
      if i > 0 { matrix[i * n + i - 1] = -1 }
    }
    let values = try #require(symmetricEigenvalues(matrix, order: n)).sorted()
    let worst = WorstError("eigenvalues of order \(n)", tolerance: Tolerances.eigenvalues)
    for (k, value) in values.enumerated() {
      worst.record(value - (2 - 2 * cos(Double(k + 1) * .pi / Double(n + 1))), at: "\(k)")
    }
    worst.check()
  }

  @Test func noRowsHaveNoEigenvalues() { #expect(symmetricEigenvalues([], order: 0) == []) }
}
