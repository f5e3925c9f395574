// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathRecord
import IsobathStatistics
import IsobathTestSupport
import Testing

@testable import IsobathAnalysis

/// Which tokens carry the entropy, from contributions that are known.
@Suite struct TokenTests {
  private let reader: RunReader

  /// Eight documents "A b c b": the first token contributes 4, b 1 and c 2, so that their mean is 2.
  init() throws {
    let folder = try Fixtures.temporaryFolder().appending(path: "run").path(percentEncoded: false)
    let site = SiteRow(name: "residual.0", kind: "residual", number: 0, depth: 0)
    let writer = try RunWriter(
      folder: folder, manifest: TokenTests.manifest, sites: [site])
    try writer.write(batch: (0..<8).map(TokenTests.document))
    try writer.close()
    reader = try RunReader(folder: folder)
  }

  private static let manifest = RunManifest(
    inputs: RunInputs(
      family: "llama", files: [], configuration: Digest(of: ""), tokenizer: Digest(of: ""),
      documents: 8, corpus: Digest(of: ""), options: [], code: "1"),
    subject: RunSubject(model: "m", corpus: "c", blocks: 1, width: 4),
    sessions: [RunSession(started: "2026-01-01T00:00:00Z", isobath: "0")])

  private static func document(_ number: Int) -> DocumentRow {
    let ids: [Int32] = [Int32(number), 1, 2, 1]
    return DocumentRow(
      id: "d\(number)", digest: Digest(ofTokens: ids), tokens: 4,
      text: TokenRow(ids: ids, texts: ["A\(number)", "b", "c", "b"]),
      positions: [
        PositionRow(
          site: 0, preparation: "paper", measure: "contribution", order: nil,
          positions: [1, 2, 3, 4], estimates: [4, 1, 2, 1])
      ],
      activations: number < 6
        ? [ActivationRow(site: 0, position: 1, feature: 3, value: number == 0 ? -500 : -400)] : [])
  }

  private func options() throws -> AnalysisOptions { try AnalysisOptions(seed: 1, resamples: 200) }

  @Test func kindsAreRankedByTheirShare() throws {
    let census = try #require(
      try TokenCensus(reader, site: 0, preparation: "paper", try options()))
    #expect(census.site == "residual.0" && census.fewest == 5)
    let first = try #require(census.first)
    #expect(first.text == nil && first.tokens == 8 && first.documents == 8)
    #expect(first.share.estimate == 2)
    #expect(census.kinds.map(\.text) == ["c", "b"])
    #expect(census.kinds.map(\.share.estimate) == [1, 0.5])
    #expect(census.kinds.map(\.tokens) == [8, 16])
  }

  @Test func withoutContributionsThereIsNothing() throws {
    #expect(try TokenCensus(reader, site: 0, preparation: "raw", try options()) == nil)
    #expect(try TokenTrack(reader, document: 0, preparation: "raw", length: 4) == nil)
  }

  @Test func aTrackFollowsTheTokens() throws {
    let track = try #require(
      try TokenTrack(reader, document: 3, preparation: "paper", length: 3))
    #expect(track.document == "d3")
    #expect(track.points.map(\.text) == ["A3", "b", "c"])
    #expect(track.points.map(\.share) == [2, 0.5, 1])
  }

  @Test func massiveFeaturesAreCounted() throws {
    let found = try MassiveFeature.all(in: reader)
    let mean = -(500.0 + 5 * 400) / 6
    #expect(
      found == [
        MassiveFeature(site: "residual.0", feature: 3, position: 1, documents: 6, mean: mean)
      ])
  }
}
