// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathStatistics
import Testing

/// What has no interval says why, and nothing is ever NaN.
@Suite struct DegenerateTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let values: [Double]
    let estimate: Double?
    let remark: IntervalRemark
    let note: String
    var testDescription: String { note }
  }

  static let cases = [
    Case(values: [], estimate: nil, remark: .noValues, note: "no document has a value"),
    Case(
      values: [2.5], estimate: 2.5, remark: .oneUnit(.document),
      note: "no interval: one document cannot be resampled"),
    Case(
      values: [2, 2, 2, 2], estimate: 2, remark: .allEqual(n: 4),
      note: "no interval: all 4 values are equal"),
    Case(
      values: [1, .nan, 2], estimate: nil, remark: .notFinite(index: 1),
      note: "the value at index 1 is not finite"),
    Case(
      values: [1, 3, 2, -.infinity], estimate: nil, remark: .notFinite(index: 3),
      note: "the value at index 3 is not finite"),
  ]

  private static func bootstrap(_ units: Units, _ method: IntervalMethod = .bca) -> Bootstrap {
    let stream = RandomStream(seed: 1, purpose: "bootstrap")
    return Bootstrap(
      units: units, resamples: Resamples(documents: units.count, count: 500, stream: stream),
      method: method)
  }

  @Test("missing intervals carry their reason", arguments: cases)
  func missing(_ given: Case) {
    for method in IntervalMethod.allCases {
      let bootstrap = Self.bootstrap(Units(documents: given.values.count), method)
      let intervals = bootstrap.means([given.values]) + [bootstrap.statistic(given.values, mean)]
      for interval in intervals {
        #expect(interval.estimate == given.estimate)
        #expect(interval.low == nil && interval.high == nil)
        #expect(interval.n == given.values.count)
        #expect(interval.remark == given.remark)
        #expect(interval.note == given.note)
      }
    }
  }

  @Test func fewDocumentsAreSaidAndStillGetAnInterval() {
    let values = (0..<15).map { Double($0 * $0) }
    let few = Self.bootstrap(Units(documents: 14)).means([Array(values.dropLast())])[0]
    #expect(few.low != nil && few.note == "fewer than 15 documents")
    let enough = Self.bootstrap(Units(documents: 15)).means([values])[0]
    #expect(enough.low != nil && enough.note.isEmpty)
  }

  @Test func oneSourceHasNoInterval() {
    let interval = Self.bootstrap(Units(sources: ["a", "a", "a"])).means([[1, 2, 4]])[0]
    #expect(interval.estimate == 7.0 / 3 && interval.low == nil)
    #expect(interval.note == "no interval: one source cannot be resampled")
    let two = Self.bootstrap(Units(sources: ["a", "b", "a"])).means([[1, 2, 4]])[0]
    #expect(two.low != nil && two.note == "fewer than 15 sources")
  }

  @Test func aStatisticThatFailsIsDegenerate() {
    let bootstrap = Self.bootstrap(Units(documents: 4))
    let interval = bootstrap.statistic([1, 2, 3, 4]) { $0.contains(4) ? .nan : 1 }
    #expect(interval.estimate == nil && interval.low == nil && interval.remark == .degenerate)
  }

  @Test func theMaximumHasNoBCaInterval() {
    // No resample is above the maximum of the sample, and most tie with it: a is defined by one
    // document alone. The extreme case, all resamples below, has z₀ = ∞.
    let bootstrap = Bootstrap(
      units: Units(documents: 3),
      resamples: Resamples(documents: 3, indices: [[0, 0, 1], [0, 1, 1]]))
    let interval = bootstrap.statistic([1, 2, 3]) { $0.max() ?? .nan }
    #expect(interval.estimate == 3 && interval.low == nil && interval.remark == .degenerate)
  }

  @Test func lowestNeedsTwoUnitsAndFiniteValues() throws {
    #expect(Self.bootstrap(Units(documents: 1)).lowest([[[1], [2]]]) == [nil])
    let two = Self.bootstrap(Units(documents: 2))
    let found = two.lowest([[], [[1, .nan], [2, 2]], [[1, 2], [3, 4], [1, 2]]])
    #expect(found.count == 3 && found[0] == nil && found[1] == nil)
    let sure = try #require(found[2])
    #expect(sure.row == 0 && sure.shares == [1, 0, 0] && sure.interval == 0...0)
  }
}
