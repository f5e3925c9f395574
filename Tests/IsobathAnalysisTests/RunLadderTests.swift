// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathRecord
import IsobathStatistics
import IsobathTestSupport
import Testing

@testable import IsobathAnalysis

/// Runs whose entropies are known: `rank` equal eigenvalues have H = ln rank.
private struct LadderRuns {
  var sizes = [1_000_000, 4_000_000, 16_000_000, 64_000_000, 256_000_000]
  var widths = [64, 128, 256, 512, 1024]
  /// Rank of document k of model m at the last states, and at the first.
  var rank: (_ model: Int, _ document: Int) -> Int = { 40 - 4 * $0 + $1 % 5 }
  var tokens: (_ model: Int, _ document: Int) -> Int = { _, _ in 100 }
  var documents = 24
  var hasParameters = true
  var isUntrained = false

  func readers() throws -> [RunReader] { try sizes.indices.map(reader) }

  func reader(_ model: Int) throws -> RunReader {
    let folder = try Fixtures.temporaryFolder("ladder").path(percentEncoded: false)
    let name = "\(sizes[model])\(isUntrained ? " untrained" : "")"
    let details = hasParameters ? [Setting("parameters", SettingValue(sizes[model]))] : []
    let manifest = RunManifest(
      inputs: RunInputs(
        family: "gpt_neox", files: [.init(name: "w", bytes: 1, digest: Digest(of: name))],
        configuration: Digest(of: name), tokenizer: Digest(of: ""), documents: documents,
        corpus: Digest(of: "corpus"), options: [Setting("preparations", .list([.text("paper")]))],
        code: "1"),
      subject: RunSubject(
        model: name, corpus: "texts", blocks: 2, width: widths[model], details: details),
      sessions: [RunSession(started: "2026-01-02T03:04:05Z", isobath: "1")])
    let writer = try RunWriter(folder: folder, manifest: manifest, sites: Runs.sites)
    try writer.write(
      batch: (0..<documents).map { document in
        let count = tokens(model, document)
        return Runs.document(
          document, tokens: count,
          [
            spectrum(site: 1, rank: 20, model, count),
            spectrum(site: 3, rank: rank(model, document), model, count),
          ],
          scalars: [
            ScalarRow(
              site: nil, name: "loss", estimate: .value(4 * pow(Double(sizes[model]), -0.05)),
              unit: "nats")
          ])
      })
    try writer.close()
    return try RunReader(folder: folder)
  }

  private func spectrum(site: Int, rank: Int, _ model: Int, _ tokens: Int) -> SpectrumRow {
    SpectrumRow(
      site: site, preparation: "paper", tokens: tokens, width: widths[model],
      eigenvalues: .value([Double](repeating: 1 / Double(rank), count: rank)))
  }
}

@Suite struct RunLadderTests {
  private func error(_ body: () throws -> Void) -> ScalingError? {
    do {
      try body()
      return nil
    } catch { return error as? ScalingError }
  }

  @Test func everyQuantityIsMadeOfTheRuns() throws {
    let runs = LadderRuns()
    let ladder = try RunLadder(runs.readers().reversed()).ladder()
    #expect(ladder.models.map(\.parameters) == runs.sizes)
    #expect(ladder.models.map(\.width) == runs.widths)
    #expect(
      ladder.series.map(\.quantity) == [.published, .entropy, .deficit, .effectiveRank, .loss])
    for (model, width) in runs.widths.enumerated() {
      let entropies: [Double] = (0..<24).map { log(Double(runs.rank(model, $0))) }
      let mean = entropies.reduce(0, +) / 24
      let (m, n) = (Double(min(width, 100)), Double(max(width, 100)))
      let null: Double = log(m) - m / (2 * n)
      let loss: Double = 4 * pow(Double(runs.sizes[model]), -0.05)
      let expected: [Double] = [
        mean / log(Double(width)), mean, null - mean, exp(mean), loss,
      ]
      for (series, value) in zip(ladder.series, expected) {
        #expect(abs(series.estimates[model] - value) < 1e-12)
      }
    }
  }

  @Test func fitsHaveIntervalsOverDocuments() throws {
    let ladder = try RunLadder(LadderRuns().readers()).ladder()
    let options = try AnalysisOptions(seed: 1, resamples: 400)
    let answers = ScalingStudy(options).answers(ladder)
    let raw = try #require(answers.first { $0.quantity == .entropy })
    let b = try #require(raw.answer(.power)?.resampled?.b)
    #expect(try #require(b.low) < #require(b.estimate))
    #expect(try #require(b.estimate) < #require(b.high))
    #expect(b.n == 24 && raw.intervals?.count == 5)
    // All documents have the same loss: the fit has no spread, and says so.
    let loss = try #require(answers.first { $0.quantity == .loss })
    #expect(abs(try #require(loss.fit(.power)).b.value - 0.05) < 1e-10)
    #expect(loss.answer(.power)?.resampled?.b.low == nil)
  }

  @Test func depthsAndUntrainedTwinsAddSeries() throws {
    var untrained = LadderRuns()
    untrained.isUntrained = true
    untrained.rank = { _, _ in 60 }
    let ladder = try RunLadder(
      LadderRuns().readers(), untrained: untrained.readers(), shares: [0.5]
    ).ladder()
    let places = ladder.series.map { "\($0.quantity.id) \($0.place)" }
    #expect(places.contains("diff-erank final-norm") && places.contains("diff-erank depth 0.5"))
    #expect(places.contains("reduced-loss "))
    let ranks = try #require(
      ladder.series.first { $0.quantity == .diffErank && $0.place == "final-norm" })
    let entropies: [Double] = (0..<24).map { log(Double(40 + $0 % 5)) }
    let mean = entropies.reduce(0, +) / 24
    #expect(abs(ranks.estimates[0] - (60 - exp(mean))) < 1e-9)
  }

  @Test func otherDocumentsAreRefused() throws {
    var runs = LadderRuns()
    runs.tokens = { model, document in model == 3 && document == 7 ? 99 : 100 }
    let readers = try runs.readers()
    let found = try #require(error { _ = try RunLadder(readers) })
    #expect(
      found
        == .otherDocuments(
          run: readers[3].folder, reference: readers[0].folder, document: "doc-7",
          why: .tokens(99, 100)))
    #expect(found.description.contains("survey all models with the same texts"))
    var fewer = LadderRuns()
    fewer.documents = 20
    let mixed = try Array(LadderRuns().readers().dropLast()) + [fewer.reader(4)]
    let counted = try #require(error { _ = try RunLadder(mixed) })
    #expect(counted.description.contains("20 documents against 24"))
  }

  @Test func hostileRunsAreRefused() throws {
    let readers = try LadderRuns().readers()
    #expect(error { _ = try RunLadder(Array(readers.prefix(3))) } == .fewRuns(3))
    #expect(error { _ = try RunLadder([]) } == .fewRuns(0))
    let twice = readers + [readers[2]]
    #expect(
      error { _ = try RunLadder(twice) } == .sameModel(readers[2].folder, readers[2].folder))
    var bare = LadderRuns()
    bare.hasParameters = false
    let nameless = try bare.readers()
    #expect(error { _ = try RunLadder(nameless) } == .noParameters(run: nameless[0].folder))
    #expect(error { _ = try RunLadder(readers, shares: [1.5]) } == .share(1.5))
    #expect(error { _ = try RunLadder(readers, shares: [.nan]) } != nil)
    #expect(
      error { _ = try RunLadder(readers, shares: [0]).ladder() }
        == .noSite(run: readers[0].folder, site: "residual.0"))
    #expect(
      error { _ = try RunLadder(readers, preparation: "raw").ladder() }
        == .noPreparation(run: readers[0].folder, preparation: "raw", known: ["paper"]))
    #expect(
      error { _ = try RunLadder(readers, untrained: [readers[0]]) }
        == .twinMissing(run: readers[1].folder))
  }

  /// Models of nearly one size and one width have no control and no constant.
  @Test func nearlyEqualSizesHaveNoConstant() throws {
    var runs = LadderRuns()
    runs.sizes = [1_000_000, 1_000_001, 1_000_002, 1_000_003, 1_000_004]
    runs.widths = [64, 64, 64, 64, 64]
    let ladder = try RunLadder(runs.readers()).ladder()
    #expect(ladder.notes.contains { $0.hasPrefix("all models have the same width") })
    let answers = ScalingStudy(try AnalysisOptions(seed: 1, resamples: 100)).answers(ladder)
    for answer in answers where answer.quantity == .published {
      #expect(answer.control == nil)
    }
    for answer in answers where answer.quantity == .loss {
      let reason = answer.answer(.shifted)?.reason ?? ""
      #expect(answer.fit(.shifted) == nil && reason.hasPrefix("no"))
    }
  }
}
