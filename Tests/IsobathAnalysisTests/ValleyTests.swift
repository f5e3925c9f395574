// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathRecord
import IsobathTestSupport
import Testing

@Suite struct ValleyTests {
  @Test func aClearValleyIsCertain() throws {
    let rows = Rows.curves([4, 3, 2, 3, 3.5], documents: 25)
    let valley = try #require(try Rows.analysed("valley", rows).first)
    #expect(valley.site == "residual.2" && valley.unit == "depth")
    #expect(valley.estimate == 0.5 && valley.low == 0.5 && valley.high == 0.5)
    #expect(valley.n == 25 && valley.note == "lowest here in 100 % of the resamples")
    let shares = try Rows.analysed("valley-share", rows)
    #expect(shares.map(\.estimate) == [0, 0, 1, 0, 0])
  }

  @Test func aFlatValleyIsNot() throws {
    let rows = Rows.curves([4, 2.01, 2, 2.01, 3.5], documents: 25)
    let valley = try #require(try Rows.analysed("valley", rows).first)
    #expect(valley.low == 0.25 && valley.high == 0.75)
    let shares = try Rows.analysed("valley-share", rows).map { $0.estimate ?? .nan }
    #expect(shares[0] == 0 && shares[4] == 0)
    let worst = WorstError("shares add up to one", tolerance: Tolerances.sameSum)
    worst.record(shares.reduce(0, +) - 1, at: "five sites")
    worst.check()
  }

  @Test func onlyTheResidualStreamHasAValley() throws {
    var rows = Rows.curves([4, 3, 2, 3], documents: 20)
    for document in 0..<20 {
      rows.append(Rows.row(document, site: "final-norm", depth: 1, 0.5))
      rows.append(Rows.row(document, site: "attention-out.1", depth: 0.5, 0.1))
      rows.append(Rows.row(document, site: "residual-mid.1", depth: 0.5, 0.1))
    }
    #expect(try Rows.analysed("valley", rows).map(\.site) == ["residual.2"])
  }

  @Test func tenDepthsAreInTheOrderOfNumbers() throws {
    let curve = (0...12).map { abs(Double($0) - 10) }
    let shares = try Rows.analysed("valley-share", Rows.curves(curve, documents: 20))
    #expect(shares.map(\.site) == (0...12).map { "residual.\($0)" })
    #expect(shares[10].estimate == 1)
  }

  @Test func aDocumentMissingAtOneDepthIsLeftOut() throws {
    var rows = Rows.curves([4, 3, 2], documents: 20)
    rows[1] = Rows.row(0, site: "residual.1", depth: 0.5, nil, note: "one token")
    let valley = try #require(try Rows.analysed("valley", rows).first)
    #expect(valley.n == 19)
    #expect(
      valley.note == """
        lowest here in 100 % of the resamples; 1 of 20 documents have no value: \
        no value at another depth (1)
        """)
  }

  @Test func whatHasNoValleySaysWhy() throws {
    let oneDepth = try Rows.analysed("valley", (0..<5).map { Rows.row($0, 1) })
    #expect(oneDepth.map(\.note) == ["a valley needs at least two depths"])
    let oneDocument = try Rows.analysed("valley", Rows.curves([2, 1], documents: 1))
    #expect(
      oneDocument.map(\.note) == ["one document, or documents of one source, cannot be resampled"])
    #expect(try Rows.analysed("valley-share", Rows.curves([2, 1], documents: 1)).isEmpty)
  }
}
