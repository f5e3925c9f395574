// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathRecord
import IsobathStatistics
import IsobathTestSupport
import Testing

@Suite struct MeanTests {
  private static let values = (0..<30).map { Double($0 * $0 % 17) / 5 }

  private static func bootstrap(_ units: Units) -> Bootstrap {
    let stream = RandomStream(seed: 1, purpose: "bootstrap", group: "documents")
    return Bootstrap(
      units: units, resamples: Resamples(documents: units.count, count: 1000, stream: stream))
  }

  @Test func isTheBootstrapOverDocuments() throws {
    let rows = Self.values.enumerated().map { Rows.row($0, $1) }
    let row = try #require(try Rows.analysed("mean", rows).first)
    let expected = Self.bootstrap(Units(documents: 30)).means([Self.values])[0]
    #expect(row.estimate == expected.estimate)
    #expect(row.low == expected.low && row.high == expected.high)
    #expect(row.level == 0.95 && row.n == 30 && row.unit == "nats" && row.note.isEmpty)
    #expect(row.site == "residual.0" && row.order == 1 && row.preparation == "paper")
  }

  @Test func documentsOfOneSourceAreDrawnTogether() throws {
    let rows = Self.values.enumerated().map { Rows.row($0, $1) }
    let names = (0..<30).map { "book \($0 / 2)" }
    let sources = Dictionary(uniqueKeysWithValues: zip(rows.map(\.document), names))
    let row = try #require(try Rows.analysed("mean", rows, sources: sources).first)
    let expected = Self.bootstrap(Units(sources: names)).means([Self.values])[0]
    #expect(row.low == expected.low && row.high == expected.high && row.n == 30)
    #expect(row.note == "15 sources resampled")
  }

  @Test func missingDocumentsAreCountedWithTheirReasons() throws {
    var rows = Self.values.enumerated().map { Rows.row($0, $1) }
    for index in [3, 4] { rows[index] = Rows.row(index, nil, note: "one token") }
    rows[20] = Rows.row(20, nil, note: "all tokens equal")
    rows[21] = Rows.row(21, .nan)
    let row = try #require(try Rows.analysed("mean", rows).first)
    #expect(row.n == 26)
    #expect(
      row.note == """
        4 of 30 documents have no value: one token (2), all tokens equal (1), not finite (1)
        """)
    let kept = Self.values.indices.filter { ![3, 4, 20, 21].contains($0) }.map { Self.values[$0] }
    #expect(row.low == Self.bootstrap(Units(documents: 26)).means([kept])[0].low)
  }

  @Test func notesOfDocumentsAreCounted() throws {
    let rows = (0..<20).map { Rows.row($0, Double($0), note: $0 < 3 ? "1 token left out" : "") }
    let row = try #require(try Rows.analysed("mean", rows).first)
    #expect(row.n == 20 && row.note == "3 of 20 values carry a note")
  }

  @Test("another method than BCa is named", arguments: [IntervalMethod.percentile, .basic])
  func method(_ method: IntervalMethod) throws {
    let table = try DocumentTable(Self.values.enumerated().map { Rows.row($0, $1) })
    let options = try AnalysisOptions(seed: 1, resamples: 1000, method: method)
    let row = try #require(analyse(table, options).first { $0.analysis == "mean" })
    #expect(row.note == "\(method.rawValue) interval")
    let plain = try #require(analyse(table, try Rows.options()).first { $0.analysis == "mean" })
    #expect(row.low != plain.low)
  }

  @Test func noDocumentWithAValueIsARowWithAReason() throws {
    let rows = (0..<2).map { Rows.row($0, nil, note: "one token") }
    let row = try #require(try Rows.analysed("mean", rows).first)
    #expect(row.estimate == nil && row.low == nil && row.level == nil && row.n == 0)
    #expect(row.note == "2 of 2 documents have no value: one token (2)")
  }

  @Test func fewOrEqualDocumentsAreSaid() throws {
    let few = try Rows.analysed("mean", [Rows.row(1, 1), Rows.row(2, 2)])
    #expect(few.first?.note == "fewer than 15 documents")
    let equal = try Rows.analysed("mean", (0..<20).map { Rows.row($0, 5) })
    #expect(equal.first?.estimate == 5 && equal.first?.low == nil)
    #expect(equal.first?.note == "no interval: all 20 values are equal")
  }

  @Test func sitesAreResampledAlike() throws {
    let rows = (0..<30).flatMap { document in
      [0.0, 1, 2].map { k in
        Rows.row(document, site: "residual.\(Int(k))", depth: k / 2, Self.values[document] - k)
      }
    }
    let answers = try Rows.analysed("mean", rows)
    #expect(answers.map(\.site) == ["residual.0", "residual.1", "residual.2"])
    let worst = WorstError("shared resamples", tolerance: Tolerances.sameSum)
    let lows = answers.map { $0.low ?? .nan }
    worst.record(lows[0] - lows[1] - 1, at: "residual.1")
    worst.record(lows[0] - lows[2] - 2, at: "residual.2")
    worst.check()
  }
}
