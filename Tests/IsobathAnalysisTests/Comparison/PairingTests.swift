// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathRecord
import Testing

/// Runs that do not belong together are refused, in one line that says what to do.
@Suite struct PairingTests {
  struct Refusal: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let change: @Sendable (inout PairedSample) -> Void
    let says: [String]
  }

  static let refusals = [
    Refusal(
      testDescription: "other documents", change: { $0.id = { "other-\($0)" } },
      says: ["doc-0", "0 of the same id", "--unpaired"]),
    Refusal(
      testDescription: "fewer documents", change: { $0.documents = 20 },
      says: ["24 and 20", "doc-20", "one limit"]),
    Refusal(
      testDescription: "another order", change: { $0.id = { "doc-\(23 - $0)" } },
      says: ["another order", "doc-0", "corpus file"]),
    Refusal(
      testDescription: "another cut",
      change: { sample in
        sample.cutFrom = 50
        sample.tokens = 32
        sample.ids = { [Int32($0), 1] }
        sample.options[2] = Setting("max-tokens", SettingValue(32))
      }, says: ["24 of 24", "cut at 64 and 32 tokens", "--max-tokens"]),
    Refusal(
      testDescription: "another tokenizer",
      change: { sample in
        sample.ids = { [Int32($0), 1] }
        sample.details = [Setting("tokenizer", SettingValue("words"))]
      }, says: ["tokenizers differ (bytes; words)"]),
    Refusal(
      testDescription: "another template",
      change: { sample in
        sample.ids = { [Int32($0), 1] }
        sample.options.append(Setting("chat-template", SettingValue("chatml")))
      }, says: ["'chat-template' differs (none and chatml)"]),
    Refusal(
      testDescription: "other texts",
      change: { sample in
        sample.ids = { [Int32($0), 1] }
        sample.corpus = "another"
      }, says: ["not the same texts"]),
    Refusal(
      testDescription: "other tokens for no reason that is known",
      change: { $0.ids = { $0 == 7 ? [9] : [Int32($0)] } },
      says: ["1 of 24", "doc-7", "special tokens"]),
    Refusal(
      testDescription: "no shared preparation",
      change: { $0.options[0] = Setting("preparations", .list([SettingValue("raw")])) },
      says: ["paper and raw", "--preparation"]),
    Refusal(
      testDescription: "another depth", change: { $0.blocks = 4 }, says: ["6 and 4", "--by-depth"]),
  ]

  @Test("refuses", arguments: refusals)
  func refuses(_ refusal: Refusal) throws {
    let base = PairedSample()
    let error = #expect(throws: ComparisonError.self) {
      try PairedSample.compare(base, base.tuned(refusal.change))
    }
    let text = try #require(error).description
    #expect(!text.contains("\n"))
    for words in refusal.says { #expect(text.contains(words), "\(text)") }
  }

  @Test func hostileNamesStayOnTheirLine() throws {
    let base = PairedSample()
    let error = #expect(throws: ComparisonError.self) {
      try PairedSample.compare(base, base.tuned { $0.id = { "a\nb\u{1B}[31m\($0)" } })
    }
    let text = try #require(error).description
    #expect(!text.contains("\n") && !text.contains("\u{1B}"))
  }

  @Test(arguments: [0, -1, Double.nan, .infinity])
  func marginsAreNumbers(_ margin: Double) throws {
    #expect(throws: ComparisonError.self) { try PairedSample.options(margin: margin) }
  }

  @Test func severalBasesAreSeeds() throws {
    let runs = try (0..<2).map { seed in
      try PairedSample().tuned { $0.model = "seed \(seed)" }.run()
    }
    let tuned = try PairedSample().run()
    #expect(throws: ComparisonError.severalBases(2)) {
      try Comparison(bases: runs, tuned: tuned, PairedSample.options())
    }
    let other = try PairedSample().tuned { $0.family = "gpt2" }.run()
    #expect(throws: ComparisonError.otherShape(folder: other.folder)) {
      try Comparison(
        bases: [runs[0], other], tuned: tuned, PairedSample.options(kind: .untrained))
    }
  }

  @Test func depthsAreMatchedWhenAsked() throws {
    let base = PairedSample()
    let comparison = try PairedSample.compare(
      base, base.tuned { $0.blocks = 3 }, PairedSample.options(depths: .relative))
    #expect(comparison.runs.sites.map(\.base) == (0...3).map { "residual.\(2 * $0)" })
    #expect(comparison.runs.sites.map(\.tuned) == (0...3).map { "residual.\($0)" })
    #expect(comparison.rows(.difference).allSatisfy { $0.n == 24 })
    #expect(comparison.rows(.difference)[1].note.contains("less residual.2"))
    #expect(comparison.runs.notes.contains { $0.contains("6 and 3 blocks") })
  }

  @Test func kindsAreGuessed() throws {
    let types = { (sample: inout PairedSample, name: String) in
      sample.details.append(Setting("element-types", SettingValue(name)))
    }
    var base = PairedSample()
    types(&base, "F16 (9 tensors)")
    let same = try base.run().manifest
    var quantised = PairedSample()
    types(&quantised, "Q4_K (8 tensors), F32 (1 tensors)")
    #expect(ComparisonKind(guessing: same, try quantised.run().manifest) == .quantised)
    #expect(ComparisonKind(guessing: same, same) == .tuned)
    let other = try base.tuned { $0.family = "gpt2" }.run().manifest
    #expect(ComparisonKind(guessing: same, other) == .models)
  }

  @Test func otherWeightsSayTheKind() throws {
    var (trained, untrained) = (
      try PairedSample().run().manifest, try PairedSample().run().manifest
    )
    untrained.inputs.options.append(Setting("untrained", SettingValue(7)))
    #expect(ComparisonKind(guessing: untrained, trained) == .untrained)
    #expect(ComparisonKind(guessing: trained, untrained) == .models)
    let plain = trained
    trained.inputs.options.append(Setting("round-weights", SettingValue("q8_0")))
    #expect(ComparisonKind(guessing: plain, trained) == .quantised)
    #expect(ComparisonKind(guessing: trained, plain) == .tuned)
  }
}
