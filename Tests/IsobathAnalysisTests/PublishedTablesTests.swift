// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathRecord
import IsobathStatistics
import IsobathTestSupport
import Testing

@testable import IsobathAnalysis

/// The tables that ship with the tool against their transcription, and what a reanalysis finds in
/// them.
@Suite struct PublishedTablesTests {
  private static let study = Result { ScalingStudy(try AnalysisOptions(seed: 1)) }

  private func answers(_ ladder: SizeLadder) throws -> [ScalingAnswer] {
    try Self.study.get().answers(ladder)
  }

  private func transcription() throws -> [String: [String: Any]] {
    let object = try JSONSerialization.jsonObject(with: Fixtures.data("scaling/published.json"))
    return try #require(object as? [String: Any]).compactMapValues { $0 as? [String: Any] }
  }

  @Test(
    arguments: [
      ("cerebras", "cerebras-gpt", "matrix_entropy_alg_a", ScaledQuantity.published, 7),
      ("cerebras", "cerebras-gpt", "loss", .loss, 4),
      ("cerebras", "cerebras-gpt", "diff_erank", .diffErank, 1),
      ("pythia", "pythia", "matrix_entropy_alg_a", .published, 4),
      ("pythia", "pythia", "loss", .loss, 1),
      ("opt", "opt", "diff_erank_a", .diffErank, 4),
      ("opt", "opt", "diff_erank_b", .diffErankOfDocuments, 1),
      ("opt", "opt", "reduced_loss", .reducedLoss, 4),
      ("openelm", "openelm", "diff_erank", .diffErank, 1),
    ])
  func tablesAreThoseTranscribed(
    name: String, family: String, key: String, quantity: ScaledQuantity, corpora: Int
  ) throws {
    let ladder = try #require(PublishedTables.all.first { $0.name == name }?.ladder)
    let tables = try #require(transcription()[family]?[key] as? [String: [Double]])
    let labels = try #require(transcription()[family]?["sizes"] as? [String])
    #expect(ladder.models.map(\.label) == labels)
    let series = ladder.series.filter { $0.quantity == quantity && $0.place == "final-norm" }
    #expect(series.count == corpora && tables.count == corpora)
    for one in series { #expect(one.estimates == tables[one.corpus]) }
  }

  @Test func widthsAndCountsAreThoseOfTheModels() throws {
    for (name, family) in [("cerebras", "cerebras-gpt"), ("pythia", "pythia")] {
      let ladder = try #require(PublishedTables.all.first { $0.name == name }?.ladder)
      #expect(ladder.models.map(\.width) == (try transcription()[family]?["hidden"] as? [Int]))
    }
    // As the models' authors count them: Biderman et al. 2023, table 1; Zhang et al. 2022.
    let pythia = PublishedTables.pythia.models
    #expect(pythia.first { $0.label == "70M" }?.parameters == 70_426_624)
    #expect(pythia.first { $0.label == "70M" }?.nonEmbedding == 18_915_328)
    #expect(pythia.first { $0.label == "12B" }?.parameters == 11_846_072_320)
    #expect(pythia.first { $0.label == "12B" }?.nonEmbedding == 11_327_027_200)
    #expect(PublishedTables.opt.models.first?.parameters == 125_239_296)
    #expect(PublishedTables.cerebras.models.first?.parameters == 111_050_496)
    for (_, ladder) in PublishedTables.all {
      let sizes = ladder.models.map(\.parameters)
      #expect(sizes == sizes.sorted() && Set(sizes).count == sizes.count)
      for model in ladder.models { #expect(model.nonEmbedding ?? 0 < model.parameters) }
    }
  }

  /// The published value falls, the entropy behind it rises: 3.97 → 4.15 nats.
  @Test func rawEntropyOfCerebrasRises() throws {
    let raw = try #require(
      PublishedTables.cerebras.series.first { $0.quantity == .entropy && $0.corpus == "dolly-15k" })
    let first = try #require(raw.estimates.first)
    let last = try #require(raw.estimates.last)
    #expect((first * 100).rounded() == 397 && (last * 100).rounded() == 415)
    let answer = try #require(
      answers(PublishedTables.cerebras).first {
        $0.quantity == .entropy && $0.series.corpus == "dolly-15k"
      })
    #expect(try #require(answer.fit(.power)).b.value < 0)
  }

  /// Correlations with 1/ln d of 0.97 to 0.998; from 0.974 for Pythia.
  @Test func publishedValuesGoWithTheirDenominator() throws {
    let cerebras = try answers(PublishedTables.cerebras).compactMap { $0.control?.correlation }
    let pythia = try answers(PublishedTables.pythia).compactMap { $0.control?.correlation }
    #expect(cerebras.count == 7 && pythia.count == 4)
    let all = cerebras + pythia
    #expect(((all.min() ?? 0) * 100).rounded() == 97)
    #expect(((all.max() ?? 0) * 1000).rounded() == 998)
    #expect(((pythia.min() ?? 0) * 1000).rounded() == 974)
  }

  /// numpy: h = Σyu/Σu², 1 − RSS/Σ(y − ȳ)².
  @Test func theDenominatorExplainsMostOfTheLaw() throws {
    let answers = try answers(PublishedTables.cerebras)
    let found = answers.compactMap(\.control).map { ($0.rSquared * 1e4).rounded() / 1e4 }
    #expect(found == [0.9288, 0.812, 0.7937, 0.9517, 0.9952, 0.9915, 0.9955])
    for answer in answers where answer.quantity == .published {
      let alone = try #require(answer.controlLaw).get()
      let law = try #require(answer.fit(.power))
      // The denominator alone has 0.05: the published exponents lie around it.
      #expect(abs(alone.b.value - law.b.value) < 0.02)
      #expect(try #require(law.rSquared) > 0.96)
    }
  }

  /// A constant is a number only where the curve bends: in Pythia, not in Cerebras on dolly.
  @Test func constantsAreNotInvented() throws {
    let bent = try answers(PublishedTables.pythia).filter { $0.quantity == .published }
    for answer in bent {
      let fit = try #require(answer.fit(.shifted))
      #expect(fit.hasConstant && (fit.c?.value ?? 0) > 0.3)
    }
    let straight = try answers(PublishedTables.cerebras).filter { $0.quantity == .published }
    let vague = straight.filter { $0.fit(.shifted)?.hasConstant != true }.map(\.series.corpus)
    #expect(vague.count >= 4 && vague.contains("dolly-15k"))
  }

  @Test func fourSizesAreEnoughAndLeaveThree() throws {
    let answer = try #require(answers(PublishedTables.openELM).first)
    #expect(try #require(answer.fit(.power)).b.value < 0)
    #expect(answer.answer(.power)?.leftOut.count == 4)
    for outcome in try #require(answer.answer(.power)).leftOut { _ = try outcome.get() }
  }

  @Test func recordsSayWhatIsNotIdentified() throws {
    let records = try answers(PublishedTables.cerebras).flatMap(\.records)
    let constants = records.filter { $0.analysis == "size-law-power-plus-constant-c" }
    let vague = constants.filter { $0.note.contains("not identified") }
    #expect(!vague.isEmpty && vague.count < constants.count)
    for record in records where record.estimate == nil { #expect(!record.note.isEmpty) }
    let areFinite = records.allSatisfy { $0.estimate?.isFinite ?? true }
    #expect(areFinite)
  }
}
