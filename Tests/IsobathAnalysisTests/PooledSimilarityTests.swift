// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathAnalysis
import IsobathMeasure
import IsobathRecord
import IsobathStatistics
import IsobathTestSupport
import Testing

/// All pairs of sites in one pass, against each pair by itself.
@Suite struct PooledSimilarityTests {
  /// Sites of 30 documents: related, unrelated, of another width, and one with a long row.
  private static func sites() -> [[[Float]]] {
    let shape = PooledSamples(documents: 30, width: 20, offset: 2)
    let first = shape.rows(seed: 1)
    let scaled = first.map { $0.enumerated().map { $1 * Float($0 + 1) } }
    var long = PooledSamples(documents: 30, width: 20)
    long.long = [3: 1000]
    let wide = PooledSamples(documents: 30, width: 50).rows(seed: 3)
    return [first, scaled, shape.rows(seed: 2), wide, long.rows(seed: 4)]
  }

  @Test("strips of any height give each pair's own value", arguments: [1, 7, 30])
  func againstEachPair(_ height: Int) throws {
    let sites = Self.sites().map { PooledStates($0) }
    var found = SiteSimilarities(sites: sites.count, documents: 30, neighbours: 10)
    for start in stride(from: 0, to: 30, by: height) {
      let rows = start..<min(start + height, 30)
      found.add(try sites.map { try $0.strip(rows, neighbours: 10) })
    }
    let worst = WorstError("similarity, strips of \(height)", tolerance: Tolerances.sharedGram)
    for a in sites.indices {
      for b in sites.indices {
        let pair = SitePair(try sites[a].trajectory(), try sites[b].trajectory())
        worst.record(try found.debiasedCKA(a, b) - DebiasedCKA()(pair), at: "CKA \(a), \(b)")
        worst.record(
          try found.mutualNeighbours(a, b) - MutualNeighbours()(pair), at: "neighbours \(a), \(b)")
      }
    }
    worst.check()
  }

  private func answers(_ sites: [[[Float]]], order: [Int]) throws -> [Record] {
    let run = try PooledRuns.run(sites: sites.count, documents: order.count, width: 20) {
      site, document in [("mean", sites[site][order[document]])]
    }
    return try analyse(
      PooledTable(run), Rows.options(), wanted: [LayerSimilarity()])
  }

  @Test func rowsNameBothSitesAndNoOrder() throws {
    let sites = [0, 1, 2, 4].map { Self.sites()[$0] }
    let rows = try answers(sites, order: Array(0..<30))
    #expect(rows.count == 12 && rows.allSatisfy { $0.n == 30 && $0.unit == "1" })
    let pairs = rows.filter { $0.measure == "debiased-cka" }.map {
      "\($0.site) \(LayerSimilarity.other($0) ?? "")"
    }
    #expect(
      Set(pairs) == [
        "residual.0 residual.1", "residual.0 residual.2", "residual.0 residual.3",
        "residual.1 residual.2", "residual.1 residual.3", "residual.2 residual.3",
      ])
    let turned = try answers(sites, order: Array((0..<30).reversed()))
    let worst = WorstError("permuted similarity", tolerance: Tolerances.sharedGram)
    for (a, b) in zip(rows, turned) {
      #expect(a.measure == b.measure && a.site == b.site && a.note == b.note)
      worst.record((a.estimate ?? .nan) - (b.estimate ?? .nan), at: a.note)
    }
    worst.check()
    #expect(LayerSimilarity.other(Record(note: "12 documents")) == nil)
  }

  @Test func tooFewDocumentsAndMissingOnes() throws {
    let sites = Array(Self.sites().prefix(2))
    let few = try answers(sites, order: [0, 1, 2])
    #expect(few.count == 2 && few.allSatisfy { $0.estimate == nil })
    #expect(few[0].note == "with residual.1; too few documents for this measure")
    let run = try PooledRuns.run(sites: 2, documents: 30, width: 20) { site, document in
      site == 1 && document < 4 ? [] : [("mean", sites[site][document])]
    }
    let rows = try analyse(PooledTable(run), Rows.options(), wanted: [LayerSimilarity()])
    #expect(rows.allSatisfy { $0.n == 26 && $0.estimate != nil })
    #expect(rows[0].note == "with residual.1; 4 of 30 documents lack a row")
    #expect(LayerSimilarity.other(rows[0]) == "residual.1")
  }

  /// A row of zeros has no nearest neighbours; its site is compared by CKA all the same.
  @Test func aRowOfZeros() throws {
    var sites = Array(Self.sites().prefix(2))
    sites[1][5] = [Float](repeating: 0, count: 20)
    let rows = try answers(sites, order: Array(0..<30))
    let cka = try #require(rows.first { $0.measure == "debiased-cka" })
    let neighbours = try #require(rows.first { $0.measure == "mutual-knn" })
    #expect(cka.estimate != nil && cka.note == "with residual.1")
    #expect(neighbours.estimate == nil)
    #expect(neighbours.note == "with residual.1; a document's row is zero, or all are")
  }

  @Test func manyDocumentsAreDrawn() throws {
    let stream = RandomStream(seed: 1, purpose: "many")
    let rows = (0..<2030).map { _ in (0..<3).map { _ in Float(stream.gaussian()) } }
    let run = try PooledRuns.run(sites: 2, documents: 2030, width: 3) { site, document in
      [("mean", rows[document].map { $0 * Float(1 + site) })]
    }
    let answers = try analyse(PooledTable(run), Rows.options(), wanted: [LayerSimilarity()])
    let cka = try #require(answers.first { $0.measure == "debiased-cka" })
    #expect(cka.n == 2000 && cka.note == "with residual.1; 2000 of 2030 documents, at random")
    let worst = WorstError("CKA of a scaled site", tolerance: Tolerances.sharedGram)
    worst.record((cka.estimate ?? .nan) - 1, at: "2000 documents")
    worst.check()
  }
}
