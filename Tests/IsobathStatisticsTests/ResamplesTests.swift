// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathStatistics
import Testing

@Suite struct ResamplesTests {
  private static func resamples(_ n: Int, seed: UInt64 = 1) -> Resamples {
    Resamples(
      documents: n, count: 500, stream: RandomStream(seed: seed, purpose: "bootstrap"))
  }

  @Test func theSameStreamGivesTheSameResamples() {
    #expect(Self.resamples(30) == Self.resamples(30))
    #expect(Self.resamples(30) != Self.resamples(30, seed: 2))
    #expect(Self.resamples(30) != Self.resamples(31))
  }

  /// Two rows of one call, and of two calls, are resampled alike: the interval of their
  /// difference is as narrow as the difference is steady.
  @Test func rowsArePaired() throws {
    let stream = RandomStream(seed: 4, purpose: "test")
    let base = (0..<50).map { _ in stream.gaussian() }
    let shifted = base.map { $0 + 1 }
    let bootstrap = Bootstrap(units: Units(documents: 50), resamples: Self.resamples(50))
    let first = bootstrap.means([base])[0]
    let second = bootstrap.means([shifted])[0]
    #expect(abs(try #require(second.low) - (try #require(first.low)) - 1) < 1e-12)
    #expect(abs(try #require(second.high) - (try #require(first.high)) - 1) < 1e-12)
  }
}
