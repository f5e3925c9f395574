// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathStatistics
import Testing

@Suite struct QuantileTests {
  @Test func interpolatesBetweenOrderStatistics() {
    let values = SortedValues([3, 1, 2, 10])
    #expect(values.quantile(0) == 1)
    #expect(values.quantile(0.5) == 2.5)
    #expect(values.quantile(0.25) == 1.75)
    #expect(values.quantile(1) == 10)
    #expect(SortedValues([7]).quantile(0.95) == 7)
    #expect(SortedValues([]).quantile(0.5) == nil)
  }
}
