// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathRecord
import IsobathTestSupport
import Testing

@Suite struct ContrastTests {
  @Test(
    "differences are paired",
    arguments: [
      ("fall", "residual.2", "residual.2 less residual.0", -2.0),
      ("rise", "residual.3", "residual.3 less residual.2", 1.5),
      ("net-change", "residual.3", "residual.3 less residual.0", -0.5),
    ])
  func paired(_ id: String, _ site: String, _ sites: String, _ expected: Double) throws {
    let rows = Rows.curves([4, 3, 2, 3.5], documents: 40, noise: 0.01)
    let row = try #require(try Rows.analysed(id, rows).first)
    #expect(row.site == site && row.note == sites && row.n == 40)
    let low = try #require(row.low)
    let high = try #require(row.high)
    // Documents differ by 0.3, their differences by 0.014: standard error 0.0022. An unpaired
    // interval would be 0.2 wide.
    #expect(abs((row.estimate ?? .nan) - expected) < 0.01)
    #expect(high - low < 0.02 && low > expected - 0.02 && high < expected + 0.02)
  }

  @Test func aConstantDifferenceHasNoInterval() throws {
    let rows = (0..<20).flatMap { document in
      [
        Rows.row(document, site: "residual.0", depth: 0, Double(document) + 1),
        Rows.row(document, site: "residual.1", depth: 1, Double(document)),
      ]
    }
    let row = try #require(try Rows.analysed("fall", rows).first)
    #expect(row.estimate == -1 && row.low == nil)
    #expect(row.note == "no interval: all 20 values are equal; residual.1 less residual.0")
    // The valley is the last block: nothing rises after it.
    let rise = try #require(try Rows.analysed("rise", rows).first)
    #expect(rise.estimate == 0 && rise.low == nil)
  }
}
