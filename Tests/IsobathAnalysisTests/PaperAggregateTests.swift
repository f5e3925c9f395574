// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathAnalysis
import IsobathRecord
import IsobathStatistics
import IsobathTestSupport
import Testing

@Suite struct PaperAggregateTests {
  private static let entropies = (0..<25).map { 3 + Double($0 * 7 % 25) / 40 }
  private static let rows = entropies.enumerated().map { Rows.row($0, $1) }

  /// The formulas of Wei et al. v1, as they are written there.
  private static func formula(_ id: String, _ entropies: [Double], _ width: Double) -> Double {
    let n = Double(entropies.count)
    return switch id {
    case "paper-a": entropies.map { $0 / log(width) }.reduce(0, +) / n
    case "paper-b": exp(entropies.reduce(0, +) / n) / width
    default: entropies.map { exp($0) / width }.reduce(0, +) / n
    }
  }

  @Test("the whole expression is bootstrapped", arguments: ["paper-a", "paper-b", "paper-c"])
  func wholeExpression(_ id: String) throws {
    let row = try #require(try Rows.analysed(id, Self.rows).first)
    let stream = RandomStream(seed: 1, purpose: "bootstrap", group: "documents")
    let bootstrap = Bootstrap(
      units: Units(documents: 25),
      resamples: Resamples(documents: 25, count: 1000, stream: stream))
    let expected = bootstrap.statistic(Self.entropies) { Self.formula(id, $0, 64) }
    let worst = WorstError(id, tolerance: Tolerances.sameSum)
    worst.record((row.estimate ?? .nan) - (expected.estimate ?? .nan), at: "estimate")
    worst.record((row.low ?? .nan) - (expected.low ?? .nan), at: "low")
    worst.record((row.high ?? .nan) - (expected.high ?? .nan), at: "high")
    worst.check()
    #expect(row.unit == "1" && row.measure == "entropy" && row.n == 25)
  }

  @Test func aRunWithoutAWidthSaysSo() throws {
    let row = try #require(try Rows.analysed("paper-a", Self.rows, widths: [:]).first)
    #expect(row.estimate == nil && row.note == "the run does not tell the width d")
  }

  @Test func aWidthOfOneHasNoLogarithmToDivideBy() throws {
    let row = try #require(try Rows.analysed("paper-a", Self.rows, widths: ["r1": 1]).first)
    #expect(row.estimate == nil && row.low == nil && row.note.contains("degenerate"))
  }
}
