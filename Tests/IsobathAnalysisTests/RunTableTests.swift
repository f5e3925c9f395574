// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathAnalysis
import IsobathMeasure
import IsobathRecord
import IsobathTestSupport
import Testing

@Suite struct RunTableTests {
  @Test func everyMeasureOfAFlatSpectrum() throws {
    let run = try Runs.run([
      Runs.document(7, tokens: 21, [Runs.flat(1, rank: 8, tokens: 20, dropped: 1)])
    ])
    let orders = [0, 0.5, 1, 2, 4, 17, Double.infinity]
    let rows = try RunTable(run, orders: orders).rows()
    #expect(rows.count == measures.count + orders.count)
    let entropy = log(8.0)
    let null = log(20.0) - 20.0 / 128
    let expected: [String: Double] = [
      "entropy": entropy, "renyi-entropy": entropy, "entropy-per-log-width": entropy / log(64),
      "entropy-per-log-tokens": entropy / log(20), "entropy-per-log-rank": entropy / log(20),
      "entropy-per-both-logs": entropy / log(20) / log(64), "null-entropy": null,
      "deficit": null - entropy, "effective-rank-covariance": 8, "effective-rank-states": 8,
      "participation-ratio": 8, "stable-rank": 8, "anisotropy": 0.125, "surprisal-variance": 0,
    ]
    let worst = WorstError("measures of a flat spectrum", tolerance: Tolerances.flatSpectrum)
    for row in rows where row.measure != "spectral-decay" {
      let value = try #require(expected[row.measure], "\(row.measure)")
      worst.record(((row.estimate ?? .nan) - value) / max(value, 0.1), at: "\(row.measure)")
    }
    let decay = try #require(rows.first { $0.measure == "spectral-decay" })
    #expect(decay.estimate == nil && decay.note == "not defined for N = 20, d = 64")
    worst.check()
    #expect(rows.filter { $0.measure == "renyi-entropy" }.map(\.order) == orders)
  }

  @Test func rowsSayWhereTheyComeFrom() throws {
    let run = try Runs.run([
      Runs.document(7, tokens: 21, [Runs.flat(1, rank: 8, tokens: 20, dropped: 1)])
    ])
    let row = try #require(try RunTable(run).rows().first { $0.measure == "deficit" })
    #expect(row.run == run.manifest.id && row.family == "llama" && row.model == "tiny")
    #expect(row.revision == "main" && row.corpus == "flat" && row.document == "doc-7")
    #expect(row.tokens == 21 && row.site == "residual.1" && row.depth == 0.5)
    #expect(row.position == nil && row.preparation == "paper" && row.order == nil)
    #expect(row.analysis.isEmpty && row.low == nil && row.level == nil && row.n == nil)
    #expect(row.unit == "nats" && row.note == "tokens without a direction, left out: 1")
  }

  @Test func missingSpectraAreRowsWithTheirReason() throws {
    let reason = MissingReason.oneToken.rawValue
    let missing = SpectrumRow(
      site: 0, preparation: "paper", tokens: 1, width: 64,
      eigenvalues: .missing(reason: reason))
    let run = try Runs.run([Runs.document(1, tokens: 1, [missing])])
    let rows = try RunTable(run).rows()
    #expect(rows.count == measures.count + RenyiEntropy.defaultOrders.count)
    #expect(rows.allSatisfy { $0.estimate == nil && $0.note == reason })
  }

  @Test func aMeasureThatIsNotDefinedSaysSo() throws {
    let run = try Runs.run([Runs.document(1, tokens: 1, [Runs.flat(0, rank: 1, tokens: 1)])])
    let rows = try RunTable(run).rows()
    let entropy = try #require(rows.first { $0.measure == "entropy" })
    #expect(entropy.estimate == 0 && entropy.note.isEmpty)
    let ratio = try #require(rows.first { $0.measure == "entropy-per-log-tokens" })
    #expect(ratio.estimate == nil && ratio.note == "not defined for N = 1, d = 64")
  }

  @Test func positionsOnTheGridOrAll() throws {
    let curve = PositionRow(
      site: 0, preparation: "paper", measure: "renyi-entropy", order: 2,
      positions: [1, 31, 32, 33, 45, 49, 50], estimates: [1, 2, 3, 4, 5, 6, 7])
    let run = try Runs.run([Runs.document(1, tokens: 50, [], positions: [curve])])
    let grid = try RunTable(run).rows()
    #expect(grid.map(\.position) == [1, 31, 32, 45] && grid.map(\.estimate) == [1, 2, 3, 5])
    #expect(grid.allSatisfy { $0.measure == "renyi-entropy" && $0.order == 2 })
    #expect(grid.allSatisfy { $0.unit == "nats" && $0.site == "residual.0" })
    #expect(try RunTable(run, positions: .all).rows().count == 7)
    #expect(try RunTable(run, positions: .none).rows().isEmpty)
  }

  @Test func scalarsAreRows() throws {
    let scalars = [
      ScalarRow(site: nil, name: "loss", estimate: .value(3.5), unit: "nats"),
      ScalarRow(site: 2, name: "norm", estimate: .missing(reason: "no tokens"), unit: "1"),
    ]
    let run = try Runs.run([Runs.document(1, tokens: 4, [], scalars: scalars)])
    let rows = try RunTable(run).rows()
    #expect(rows.map(\.measure) == ["loss", "norm"])
    #expect(rows[0].estimate == 3.5 && rows[0].site.isEmpty && rows[0].depth == nil)
    #expect(rows[1].estimate == nil && rows[1].note == "no tokens" && rows[1].site == "residual.2")
  }

  @Test("an order that is none is refused", arguments: [-1, -Double.infinity, .nan])
  func orders(_ order: Double) throws {
    let run = try Runs.run([])
    #expect(throws: AnalysisError.self) { try RunTable(run, orders: [1, order]) }
  }
}
